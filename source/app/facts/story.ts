import type { State } from '../state.ts'
import type { Fact } from './fact.ts'

/** The page about why a slot is as it is. */
export function storyFacts(_state: State): readonly Fact[] {
  return []
}
