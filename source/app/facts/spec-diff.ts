import type { State } from '../state.ts'
import type { Fact } from './fact.ts'

/** The page about what the last change changed in a service's spec. */
export function specDiff(_state: State): readonly Fact[] {
  return []
}
