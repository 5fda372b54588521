import { assertNever } from '../rules/assert-never.ts'
import { leaveOperation } from './acting.ts'
import { answerQuestion, askFor, askForFault } from './asking.ts'
import type { Intent } from './intent.ts'
import { BINDINGS, findBinding, KEY_GROUP_TITLES, type KeyGroup, nameKey } from './keys.ts'
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
  openSelected,
  pressHelpKey,
  withNavigation,
} from './navigating.ts'
import { readNow } from './polling.ts'
import { openPrompt, pressPromptKey, typeIntoPrompt } from './prompting.ts'
import { currentView } from './rows.ts'
import { changeSpeed, pauseOrGoOn, stepOn } from './simulated-time.ts'
import { isSimulated } from './simulating.ts'
import { isTooSmall } from './size.ts'
import type { Panel, State } from './state.ts'
import { type Step, stay } from './step.ts'

/** Whoever is in front takes the key: the prompt, the question, the help, the recovery card, then the screen itself. */
export function pressKey(before: State, key: string): Step {
  const state = withNavigation(keepSelections(before), { notice: null })
  const { navigation, acting } = state
  if (key === 'ctrl+c' || (key === 'q' && isTooSmall(state.size))) return quit(state)
  if (isTooSmall(state.size)) return stay(state)
  if (acting.question !== null) return answerQuestion(state, key)
  if (navigation.prompt !== null) return pressPromptKey(state, navigation.prompt, key)
  if (navigation.isHelpOpen) return stay(pressHelpKey(state, key))
  if (key === 'esc' && isRecoveryShown(state)) return stay(withNavigation(state, { isRecoveryClosed: true }))
  return pressBoundKey(state, key)
}

/** Pasted text goes where text is being typed and nowhere else: it must never be taken for commands. */
export function takePaste(state: State, text: string): Step {
  const { prompt } = state.navigation
  if (prompt !== null) return typeIntoPrompt(state, prompt, text)
  return stay(notify(state, 'info', 'Pasted text is not taken for keys; press / to filter by it'))
}

/** What the keys of a node or of a service would act on here. */
function keyGroupOf(state: State): KeyGroup {
  const { screen, focus } = currentView(state)
  if (screen.kind === 'node') return 'node'
  if (screen.kind === 'service') return 'service'
  return GROUP_OF_PANEL[focus]
}

const GROUP_OF_PANEL: Readonly<Record<Panel, KeyGroup>> = {
  nodes: 'node',
  services: 'service',
  slots: 'service',
  tasks: 'everywhere',
  events: 'everywhere',
}

/** Whose keys are heard here, those that come first before the others. */
export function keyGroupsOf(state: State): readonly KeyGroup[] {
  const group = keyGroupOf(state)
  const own: readonly KeyGroup[] = group === 'everywhere' ? [] : [group]
  if (!isSimulated(state)) return [...own, 'everywhere']
  return [...own, ...(group === 'node' ? (['machine'] as const) : []), 'time', 'everywhere']
}

/** Whether the card that says how to get the quorum back is in front. */
export function isRecoveryShown(state: State): boolean {
  const { link } = state.polling
  const isLost = link.kind === 'no-leader' && link.phase === 'no-quorum'
  return isLost && state.reading !== null && !state.navigation.isRecoveryClosed
}

function pressBoundKey(state: State, key: string): Step {
  const binding = findBinding(key, keyGroupsOf(state))
  if (binding !== null) return carryOut(state, binding.intent)
  const elsewhere = misplaced(state, key)
  return stay(elsewhere === null ? state : notify(state, 'info', elsewhere))
}

/** A key that means something elsewhere says where; any other key is let pass. */
function misplaced(state: State, key: string): string | null {
  const elsewhere = BINDINGS.find(binding => binding.keys.includes(key))
  if (elsewhere === undefined) return null
  const isOfSimulation = elsewhere.where === 'machine' || elsewhere.where === 'time'
  if (isOfSimulation && !isSimulated(state)) return `${nameKey(key)} is a key for simulations, and this is a real swarm`
  return `${nameKey(key)} is a key ${KEY_GROUP_TITLES[elsewhere.where].toLowerCase()}: go to one with Tab`
}

function carryOut(state: State, intent: Intent): Step {
  switch (intent.kind) {
    case 'move':
      return stay(moveSelection(state, intent.by, intent.direction))
    case 'next-panel':
      return stay(moveFocus(state, intent.direction))
    case 'open':
      return stay(openSelected(state))
    case 'back':
      return stay(isHome(state) ? leaveOperation(state) : goBack(state))
    case 'leave':
      return leave(state) ?? quit(state)
    case 'quit':
      return quit(state)
    case 'help':
      return stay(withNavigation(state, { isHelpOpen: true, helpOffset: 0 }))
    case 'filter':
      return stay(openPrompt(state, { kind: 'filter', text: currentView(state).filter.text }))
    case 'command':
      return stay(openPrompt(state, { kind: 'command', text: '' }))
    case 'read-now':
      return readNow(state)
    case 'go':
      return stay(goTo(state, { kind: intent.screen }))
    case 'last-view':
      return stay(goLast(state))
    case 'operate':
      return stay(askFor(state, intent.operation))
    case 'pause-or-go-on':
      return pauseOrGoOn(state)
    case 'change-speed':
      return changeSpeed(state, intent.direction)
    case 'step-on':
      return stepOn(state)
    case 'strike':
      return askForFault(state, intent.action)
    default:
      return assertNever(intent)
  }
}

function quit(state: State): Step {
  return { state: { ...state, isQuitting: true }, effects: [{ kind: 'quit' }] }
}
