import type { State } from '../state.ts'
import type { Fact } from './fact.ts'

/** The page about one node: its labels, engine, platform, resources and manager status. */
export function nodeFacts(_state: State): readonly Fact[] {
  return []
}
