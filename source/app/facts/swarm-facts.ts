import type { State } from '../state.ts'
import type { Fact } from './fact.ts'

/** The page about the swarm's own settings. */
export function swarmFacts(_state: State): readonly Fact[] {
  return []
}
