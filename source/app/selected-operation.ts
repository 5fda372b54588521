import type { NodeSwitch, Operation, OperationOf } from '../operations/operation.ts'
import { assertNever } from '../rules/assert-never.ts'
import { shownNodeId, shownService } from './shown-service.ts'
import type { State } from './state.ts'

/** Operations of which nothing has to be said but what they are done to. */
export type PlainKind =
  | NodeSwitch['kind']
  | OperationOf<'remove-node' | 'force-update' | 'roll-back' | 'resume-update' | 'remove-service'>['kind']

/** The operation of this kind on what is selected; null where nothing of its kind is. */
export function selectedOperation(state: State, kind: PlainKind): Operation | null {
  switch (kind) {
    case 'drain':
    case 'activate':
    case 'pause':
    case 'promote':
    case 'demote':
    case 'remove-node':
      return onSelectedNode(state, kind)
    case 'force-update':
    case 'roll-back':
    case 'resume-update':
    case 'remove-service':
      return onSelectedService(state, kind)
    default:
      return assertNever(kind)
  }
}

/** A node that is Ready does not go unless it is forced; that it is, the question says. */
function onSelectedNode(state: State, kind: NodeSwitch['kind'] | 'remove-node'): Operation | null {
  const nodeId = shownNodeId(state)
  if (nodeId === null) return null
  const entry = state.reading?.cluster.nodeById.get(nodeId)
  const name = entry?.name ?? nodeId
  return kind === 'remove-node'
    ? { kind, nodeId, name, isForced: entry?.node.state === 'ready' }
    : { kind, nodeId, name }
}

function onSelectedService(
  state: State,
  kind: 'force-update' | 'roll-back' | 'resume-update' | 'remove-service',
): Operation | null {
  const shown = shownService(state)
  return shown === null ? null : { kind, serviceId: shown.service.id, name: shown.service.name }
}
