import type { Effect } from './effect.ts'
import type { State } from './state.ts'

/** What an event leads to: the next state, and what is to be done in the world. */
export type Step = { readonly state: State; readonly effects: readonly Effect[] }

/** A step that changes the state alone. */
export function stay(state: State): Step {
  return { state, effects: [] }
}

/** Does `next` after `step`, and keeps the effects of both in order. */
export function andThen(step: Step, next: (state: State) => Step): Step {
  const { state, effects } = next(step.state)
  return { state, effects: [...step.effects, ...effects] }
}
