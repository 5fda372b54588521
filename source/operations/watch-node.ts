import { assertNever } from '../rules/assert-never.ts'
import type { Cluster, ClusterNode } from '../swarm/cluster.ts'
import type { NodeAvailability } from '../swarm/node.ts'
import { areLabelsSet } from './label-change.ts'
import type { NodeOperation, Progress } from './operation.ts'
import { converged, failed } from './progress.ts'
import { watchDrain } from './watch-drain.ts'
import { watchDemote, watchPromote } from './watch-role.ts'

type Lasting = Exclude<NodeOperation, { kind: 'remove-node' }>

/** How far an operation on a node has come that shows in this reading. */
export function watchNode(
  operation: Lasting,
  node: ClusterNode,
  watched: { readonly before: Cluster; readonly after: Cluster; readonly elapsedMs: number },
): Progress {
  const { before, after, elapsedMs } = watched
  const undone = explainOtherHand(operation, node)
  if (undone !== null) return undone
  switch (operation.kind) {
    case 'drain':
      return watchDrain(node, before, after)
    case 'activate':
      return converged(`new tasks may be placed on ${node.name}`)
    case 'pause':
      return converged(`no new tasks are placed on ${node.name}`)
    case 'promote':
      return watchPromote(node, after, elapsedMs)
    case 'demote':
      return watchDemote(node, after)
    case 'label-node':
      return converged('the labels are as asked for')
    default:
      return assertNever(operation)
  }
}

/** Our change is in this reading or an older one, so where it does not show, it has been undone. */
function explainOtherHand(operation: Lasting, { node, name }: ClusterNode): Progress | null {
  switch (operation.kind) {
    case 'drain':
    case 'activate':
    case 'pause':
      return node.availability === AVAILABILITY[operation.kind]
        ? null
        : failed(`${name} was set to ${node.availability} by someone else`)
    case 'promote':
      return node.role === 'manager' ? null : failed(`${name} was made a worker by someone else`)
    case 'demote':
      return node.role === 'worker' ? null : failed(`${name} was made a manager by someone else`)
    case 'label-node':
      return areLabelsSet(operation, node.labels) ? null : failed(`the labels of ${name} were changed by someone else`)
    default:
      return assertNever(operation)
  }
}

const AVAILABILITY = { drain: 'drain', activate: 'active', pause: 'pause' } as const satisfies Record<
  string,
  NodeAvailability
>
