import { assertNever } from '../../rules/assert-never.ts'
import type { Cluster } from '../../swarm/cluster.ts'
import { isThere } from './advance.ts'
import { foreignLock } from './lock.ts'
import { currentNode, type MaintainedNode, type Maintenance, withNode } from './maintenance.ts'

/**
 * What a person says to a maintenance that is under way. `go-on`: whatever comes next for the node whose turn it is;
 * `hold`: no further for now; `skip`: leave out a node, which gets back what it had; `give-up`: all that is left, the
 * node in hand getting back what it had, or `leave`: staying as it is.
 */
export type Answer =
  | { readonly kind: 'go-on' }
  | { readonly kind: 'hold' }
  | { readonly kind: 'skip'; readonly nodeId: string }
  | { readonly kind: 'change-manner' }
  | { readonly kind: 'take-over' }
  | { readonly kind: 'give-up'; readonly isPutBack: boolean }

/** The maintenance as it is after what the person said, or why that cannot be. */
export function answer(maintenance: Maintenance, said: Answer, cluster: Cluster): Maintenance | string {
  switch (said.kind) {
    case 'go-on':
      return goOn(maintenance, cluster)
    case 'hold':
      return { ...maintenance, held: { by: 'person', reason: 'held by hand', accepts: [] } }
    case 'skip':
      return skip(maintenance, said.nodeId)
    case 'change-manner':
      return { ...maintenance, manner: maintenance.manner === 'plain' ? 'graceful' : 'plain' }
    case 'take-over':
      return takeOver(maintenance, cluster)
    case 'give-up':
      return giveUp(maintenance, said.isPutBack, cluster)
    default:
      return assertNever(said)
  }
}

function goOn(maintenance: Maintenance, cluster: Cluster): Maintenance | string {
  const node = currentNode(maintenance, cluster)
  const { held } = maintenance
  if (node === null) return 'Nothing of it is left to do'
  if (held !== null) return withNode({ ...maintenance, held: null }, node.nodeId, accept(node, held.accepts))
  const entry = cluster.nodeById.get(node.nodeId)
  switch (node.step) {
    case 'in-hand':
      return withNode(maintenance, node.nodeId, { step: 'returning', steadySince: null })
    case 'returning':
      return entry !== undefined && isThere(entry)
        ? withNode(maintenance, node.nodeId, { step: 'activating' })
        : `${node.name} is not back yet: wait for it, or skip it`
    case 'spreading':
      return withNode(maintenance, node.nodeId, { step: 'over' })
    case 'checks':
      return withNode(maintenance, node.nodeId, accept(node, ['updates']))
    case 'waiting':
    case 'moving':
    case 'draining':
    case 'emptying':
    case 'activating':
    case 'over':
      return 'It goes on by itself as soon as it can'
    default:
      return assertNever(node.step)
  }
}

const accept = ({ accepted }: MaintainedNode, more: MaintainedNode['accepted']): Partial<MaintainedNode> => ({
  accepted: [...new Set([...accepted, ...more])],
})

/** What was begun on it is undone; a node of which nothing was begun is passed over. */
function skip(maintenance: Maintenance, nodeId: string): Maintenance | string {
  const node = maintenance.nodes.find(candidate => candidate.nodeId === nodeId)
  if (node === undefined) return 'Select a node of the maintenance to skip it'
  if (node.step === 'over') return `${node.name} is over already`
  const isBegun = node.step !== 'waiting'
  return withNode(isBegun ? { ...maintenance, held: null } : maintenance, nodeId, leaving(node))
}

/** Nothing was changed on a node whose availability before has not been written down. */
const leaving = (node: MaintainedNode): Partial<MaintainedNode> => ({
  step: node.before === null ? 'over' : 'activating',
  outcome: node.step === 'spreading' || node.step === 'activating' ? node.outcome : 'skipped',
  renewing: null,
  steadySince: null,
})

/** From somebody else, or anew from whoever took it over from us. */
function takeOver(maintenance: Maintenance, cluster: Cluster): Maintenance | string {
  const node = currentNode(maintenance, cluster)
  const entry = cluster.nodeById.get(node?.nodeId ?? '')
  if (node === null || entry === undefined) return 'There is no node to take over'
  if (foreignLock(entry.node, maintenance) === null) return `Nobody else has ${node.name} in maintenance`
  return withNode({ ...maintenance, held: null }, node.nodeId, accept(node, ['lock']))
}

/** The lock is taken off in any case: nobody is at work there any more. */
function giveUp(maintenance: Maintenance, isPutBack: boolean, { nodeById }: Cluster): Maintenance {
  const nodes = maintenance.nodes.map((node): MaintainedNode => {
    if (node.step === 'over') return node
    const before = isPutBack
      ? node.before
      : node.before === null
        ? null
        : (nodeById.get(node.nodeId)?.node.availability ?? null)
    return { ...node, ...leaving(node), before }
  })
  return { ...maintenance, nodes, held: null }
}
