import type { OperationKind } from '../../operations/operation.ts'
import { meantNodes, meantServices } from '../meant-operations.ts'
import type { State } from '../state.ts'

/** Operations of which more has to be said than what they are done to. */
export type ValueKind = Extract<
  OperationKind,
  'scale' | 'change-image' | 'label-service' | 'label-node' | 'set-history-limit'
>

/** An operation whose value is being asked for. What it is done to is fixed by then, whatever becomes of the list. */
export type ValueRequest = { readonly kind: ValueKind; readonly targets: readonly Target[] }

export type Target = { readonly id: string; readonly name: string }

/** The request of this kind for what is marked, selected or shown; without targets where nothing of its kind is. */
export function requestHere(state: State, kind: ValueKind): ValueRequest {
  return { kind, targets: targetsHere(state, kind) }
}

/** The swarm itself needs no name. */
export const THE_SWARM: Target = { id: '', name: 'the swarm' }

function targetsHere(state: State, kind: ValueKind): readonly Target[] {
  const cluster = state.reading?.cluster
  if (kind === 'set-history-limit') return [THE_SWARM]
  if (kind === 'label-node') return meantNodes(state).map(id => ({ id, name: cluster?.nodeById.get(id)?.name ?? id }))
  return meantServices(state).map(id => ({ id, name: cluster?.serviceById.get(id)?.service.name ?? id }))
}
