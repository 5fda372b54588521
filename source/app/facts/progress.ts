import type { State } from '../state.ts'
import type { Fact } from './fact.ts'

/** The page about how far an update, a rollback or a job is, slot by slot. */
export function progressFacts(_state: State): readonly Fact[] {
  return []
}
