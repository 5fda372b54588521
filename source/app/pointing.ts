import { assertNever } from '../rules/assert-never.ts'
import { currentView } from './current-view.ts'
import { pressKey } from './key-press.ts'
import { scrollLog } from './logs/log-keys.ts'
import { goBack, goToDepth, isHome, keepSelections, moveRows, selectRow, withNavigation } from './navigating.ts'
import { openSelected } from './opening.ts'
import { shownRecovery } from './recovering.ts'
import { selectedId } from './rows/panel-rows.ts'
import type { Panel } from './screen.ts'
import { pressHelpKey } from './scrolling-help.ts'
import { isTooSmall } from './size.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'

/** What the mouse points at. `crumb`: a step of the way that led here, by its place in the stack. */
export type Target =
  | { readonly kind: 'row'; readonly panel: Panel; readonly id: string }
  | { readonly kind: 'panel'; readonly panel: Panel }
  | { readonly kind: 'tab'; readonly panel: Panel }
  | { readonly kind: 'crumb'; readonly depth: number }

/**
 * A click selects a row, and opens the one that is selected already; on a title or on a step of the way it goes there;
 * the right button goes back. It never answers a question nor changes anything in the swarm: a hand slips.
 */
export function click(before: State, target: Target | null, button: 'left' | 'right'): Step {
  if (isTooSmall(before.size) || before.acting.question !== null) return stay(before)
  const state = withNavigation(keepSelections(before), { notice: null })
  const isCovered = isSomethingInFront(state)
  if (isCovered) return button === 'right' ? pressKey(state, 'esc') : stay(state)
  if (button === 'right') return stay(isHome(state) ? state : goBack(state))
  return stay(target === null ? state : follow(state, target))
}

function isSomethingInFront(state: State): boolean {
  const { prompt, isHelpOpen } = state.navigation
  return prompt !== null || isHelpOpen || shownRecovery(state) !== null
}

function follow(state: State, target: Target): State {
  switch (target.kind) {
    case 'row': {
      const { panel, id } = target
      const isSelected = currentView(state).focus === panel && selectedId(state, panel) === id
      return isSelected ? openSelected(state) : selectRow(state, panel, id)
    }
    case 'panel':
    case 'tab':
      return selectRow(state, target.panel, null)
    case 'crumb':
      return goToDepth(state, target.depth)
    default:
      return assertNever(target)
  }
}

const WHEEL_ROWS = 3

/** The wheel moves the selection of the panel under the pointer, whichever has the focus; logs and help it scrolls. */
export function turnWheel(state: State, target: Target | null, steps: number): State {
  if (isTooSmall(state.size) || state.acting.question !== null) return state
  const rows = steps * WHEEL_ROWS
  if (state.navigation.isHelpOpen) return repeat(state, rows, one => pressHelpKey(one, rows > 0 ? 'down' : 'up'))
  if (target === null || target.kind === 'crumb' || isSomethingInFront(state)) return state
  if (target.panel === 'logs') return repeat(state, rows, one => scrollLog(one, 'row', rows > 0 ? 1 : -1))
  return moveRows(keepSelections(state), target.panel, rows)
}

function repeat(state: State, times: number, next: (state: State) => State): State {
  let moved = state
  for (let time = 0; time < Math.min(MOST_ROWS, Math.abs(times)); time += 1) moved = next(moved)
  return moved
}

/** A wheel that is set free may report hundreds of steps at once. */
const MOST_ROWS = 100
