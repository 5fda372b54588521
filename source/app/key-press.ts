import { assertNever } from '../rules/assert-never.ts'
import { flipSort, markSelected, sortByNext } from './arranging.ts'
import { answerQuestion, pasteIntoQuestion } from './asking.ts'
import { changeToSelected } from './contexts.ts'
import { copySelected } from './copying.ts'
import { currentView } from './current-view.ts'
import { openWhy } from './explaining.ts'
import { goToInspectHit, openInspect, pressInspectKey, shiftInspect } from './inspect/inspect-keys.ts'
import type { Intent } from './intent.ts'
import { jump } from './jumping.ts'
import { bindingsOf, keyGroupsOf, sayKey } from './key-groups.ts'
import { nameKey } from './key-names.ts'
import { KEY_GROUP_TITLES, type KeyGroup } from './key-places.ts'
import { findBinding } from './keys.ts'
import { moveInLane, openLanes } from './lanes.ts'
import { leaveLast, leaveWatched } from './leaving.ts'
import { goToLogHit, openLogs, pressLogKey, readLogSince, scrollLog } from './logs/log-keys.ts'
import { goOnAfterAll, maintenanceOfSelection, pressMaintenanceKey } from './maintenance/maintenance-keys.ts'
import { moveInMatrix } from './matrix.ts'
import {
  goBack,
  goLast,
  goTo,
  isHome,
  keepSelections,
  leave,
  moveFocus,
  moveSelection,
  notify,
  withNavigation,
} from './navigating.ts'
import { openSelected } from './opening.ts'
import { operate, strike } from './operating.ts'
import { readNow } from './polling.ts'
import { openPrompt, openSearchOrFilter, pressPromptKey, typeIntoPrompt } from './prompting.ts'
import { quit } from './quitting.ts'
import { pressRebalanceKey } from './rebalance/rebalance-keys.ts'
import { pressRecoveryKey, shownRecovery } from './recovering.ts'
import { fetchNow } from './resources.ts'
import { selectedRow } from './rows/panel-rows.ts'
import { pressHelpKey } from './scrolling-help.ts'
import { changeSpeed, pauseOrGoOn, stepOn } from './simulated-time.ts'
import { isSimulated } from './simulating.ts'
import { isTooSmall } from './size.ts'
import type { State } from './state.ts'
import { andThen, type Step, stay } from './step.ts'
import { changeWindow } from './time-window.ts'
import { askForValueHere } from './values/asking-value.ts'

/** Whoever is in front takes the key: the prompt, the question, the help, the recovery card, then the screen itself. */
export function pressKey(before: State, key: string): Step {
  const state = withNavigation(keepSelections(before), { notice: null })
  const { navigation, acting } = state
  if (key === 'ctrl+c' || (key === 'q' && isTooSmall(state.size))) return quit(state)
  if (isTooSmall(state.size)) return stay(state)
  if (acting.question !== null) return answerQuestion(state, key)
  if (navigation.prompt !== null) return pressPromptKey(state, navigation.prompt, key)
  if (navigation.isHelpOpen) return stay(pressHelpKey(state, isHelpKey(state, key) ? 'esc' : key))
  const card = shownRecovery(state)
  return (card === null ? null : pressRecoveryKey(state, card, key)) ?? pressBoundKey(state, key)
}

/** The key that opened the help puts it away, whichever it is. */
function isHelpKey(state: State, key: string): boolean {
  return findBinding(bindingsOf(state), key, ['everywhere'])?.intent.kind === 'help'
}

/** Pasted text goes where text is being typed and nowhere else: it must never be taken for commands. */
export function takePaste(state: State, text: string): Step {
  const { prompt } = state.navigation
  if (state.acting.question !== null) return stay(pasteIntoQuestion(state, text))
  if (prompt !== null) return typeIntoPrompt(state, prompt, text)
  return stay(
    notify(
      state,
      'info',
      `Pasted text is not taken for keys${sayKey(state, 'filter', key => `; press ${key} to filter by it`)}`,
    ),
  )
}

function pressBoundKey(before: State, key: string): Step {
  const binding = findBinding(bindingsOf(before), key, keyGroupsOf(before))
  const state = binding?.intent.kind === 'maintain' ? before : goOnAfterAll(before)
  if (binding !== null) return carryOut(state, binding.intent)
  const elsewhere = misplaced(state, key)
  return stay(elsewhere === null ? state : notify(state, 'info', elsewhere))
}

/** A key that means something elsewhere says where; any other key is let pass. */
function misplaced(state: State, key: string): string | null {
  const elsewhere = bindingsOf(state).find(binding => binding.keys.includes(key))
  if (elsewhere === undefined) return null
  const isOfSimulation = elsewhere.where === 'machine' || elsewhere.where === 'time'
  if (isOfSimulation && !isSimulated(state)) return `${nameKey(key)} is a key for simulations, and this is a real swarm`
  return `${nameKey(key)} is a key ${KEY_GROUP_TITLES[elsewhere.where].toLowerCase()}${sayWay(state, elsewhere.where)}`
}

/** How to get to where a key means something. */
function sayWay(state: State, where: KeyGroup): string {
  switch (where) {
    case 'logs':
      return sayKey(state, 'logs', key => `: ${key} opens them`)
    case 'inspect':
      return sayKey(state, 'inspect', key => `: ${key} opens it`)
    case 'swarm':
      return sayKey(state, 'swarm', key => `: ${key} goes there`)
    default:
      return ': select one first'
  }
}

function carryOut(state: State, intent: Intent): Step {
  switch (intent.kind) {
    case 'move':
      return stay(move(state, intent.by, intent.direction))
    case 'sideways':
      return stay(moveSideways(state, intent.direction))
    case 'next-panel':
      return stay(moveFocus(state, intent.direction))
    case 'open':
      return currentView(state).focus === 'contexts' ? changeToSelected(state) : stay(openSelected(state))
    case 'back':
      return isHome(state) ? leaveLast(state) : stay(goBack(state))
    case 'leave':
      return leave(state) ?? quit(state)
    case 'quit':
      return quit(state)
    case 'help':
      return stay(withNavigation(state, { isHelpOpen: true, helpOffset: 0 }))
    case 'filter':
      return stay(openSearchOrFilter(state))
    case 'command':
      return stay(openPrompt(state, { kind: 'command', text: '' }))
    case 'read-now':
      return andThen(readNow(state), fetchNow)
    case 'logs':
      return openLogs(state)
    case 'inspect':
      return stay(openInspect(state))
    case 'why':
      return stay(openWhy(state))
    case 'lanes':
      return stay(openLanes(state))
    case 'rebalance':
      return pressRebalanceKey(state, intent.action)
    case 'change-window':
      return stay(changeWindow(state, intent.direction))
    case 'jump':
      return stay(jump(state, intent.to))
    case 'copy':
      return copySelected(state)
    case 'sort':
      return stay(sortByNext(state))
    case 'flip-sort':
      return stay(flipSort(state))
    case 'mark':
      return stay(markSelected(state))
    case 'hit':
      return stay(goToHit(state, intent.direction))
    case 'log':
      return pressLogKey(state, intent.action)
    case 'log-since':
      return readLogSince(state, intent.choice)
    case 'document':
      return pressInspectKey(state, intent.action)
    case 'go':
      return stay(goTo(state, { kind: intent.screen }))
    case 'last-view':
      return stay(goLast(state))
    case 'operate':
      return operate(state, intent.operation)
    case 'ask-value':
      return stay(askForValueHere(state, intent.of))
    case 'open-maintenance':
      return maintenanceOfSelection(state)
    case 'maintain':
      return pressMaintenanceKey(state, intent.action)
    case 'stop-operation':
      return stopSelected(state)
    case 'pause-or-go-on':
      return pauseOrGoOn(state)
    case 'change-speed':
      return changeSpeed(state, intent.direction)
    case 'step-on':
      return stepOn(state)
    case 'strike':
      return strike(state, intent.action)
    default:
      return assertNever(intent)
  }
}

function move(state: State, by: 'row' | 'page' | 'end', direction: 1 | -1): State {
  return currentView(state).focus === 'logs' ? scrollLog(state, by, direction) : moveSelection(state, by, direction)
}

function moveSideways(state: State, direction: 1 | -1): State {
  const { focus } = currentView(state)
  if (focus === 'inspect') return shiftInspect(state, direction)
  if (focus === 'lanes') return moveInLane(state, direction)
  return focus === 'matrix' ? moveInMatrix(state, direction) : moveFocus(state, direction)
}

function goToHit(state: State, direction: 1 | -1): State {
  const { focus } = currentView(state)
  if (focus === 'logs') return goToLogHit(state, direction)
  if (focus === 'inspect') return goToInspectHit(state, direction)
  return notify(
    state,
    'info',
    `Hits are of a search, in logs and in inspect${sayKey(state, 'filter', key => `; lists are narrowed with ${key}`)}`,
  )
}

function stopSelected(state: State): Step {
  const watched = selectedRow(state, 'operations')?.watched ?? null
  return watched === null ? stay(notify(state, 'info', 'This has come out already')) : leaveWatched(state, watched)
}
