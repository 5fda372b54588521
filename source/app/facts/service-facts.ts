import type { State } from '../state.ts'
import type { Fact } from './fact.ts'

/** The page about a service's spec: ports, mounts, networks, constraints and the nodes that satisfy them. */
export function serviceFacts(_state: State): readonly Fact[] {
  return []
}
