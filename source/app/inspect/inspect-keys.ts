import type { DocumentAction } from '../intent.ts'
import { notify } from '../navigating.ts'
import type { State } from '../state.ts'
import { type Step, stay } from '../step.ts'

/** Opens the object that is selected as the engine tells it. */
export function openInspect(state: State): State {
  return notify(state, 'info', 'There is nothing to inspect here')
}

export function pressInspectKey(state: State, _action: DocumentAction): Step {
  return stay(state)
}

export function goToInspectHit(state: State, _direction: 1 | -1): State {
  return state
}

/** What is looked for, as it is typed. */
export function searchInspect(state: State, _text: string): State {
  return state
}

export function inspectSearch(_state: State): string {
  return ''
}
