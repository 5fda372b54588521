import type { Cluster, ClusterNode } from '../../swarm/cluster.ts'
import type { NodeAvailability } from '../../swarm/node.ts'

/**
 * A maintenance of some nodes, one after the other, as it stands and as it is kept in a file: what is not in the swarm
 * itself, and must outlive a session. Times are milliseconds since 1970, by the clock of whoever does it.
 */
export type Maintenance = {
  readonly clusterId: string
  /** Who does it, for others to read: `ops@bastion`. */
  readonly by: string
  readonly startedAt: number
  readonly manner: Manner
  /** In the order in which they were chosen to come; the next one is found anew each time, since leaders change. */
  readonly nodes: readonly MaintainedNode[]
  /** Why it does not go on by itself; null while it does. */
  readonly held: Held | null
}

export type Manner = 'plain' | 'graceful'

export type MaintainedNode = {
  readonly nodeId: string
  readonly name: string
  readonly step: Step
  /** How available it was before anything was done to it, which is what it gets back; null until then. */
  readonly before: NodeAvailability | null
  /** What is wrong and was said to be no reason to wait. */
  readonly accepted: readonly CheckKind[]
  /** The service that is renewed on its account, with its counter of forced updates before that. */
  readonly renewing: { readonly serviceId: string; readonly name: string; readonly forceUpdate: number } | null
  readonly handedOver: HandedOver | null
  /** While it is waited for: since when it has been as it should be, by our readings; null while it is not. */
  readonly steadySince: number | null
  /** How it ends, once it has been activated or left as it is. */
  readonly outcome: 'done' | 'skipped'
}

/**
 * `waiting`: its turn has not come. `checks`: before anything is done. `moving`: paused, its services are renewed one by
 * one. `draining`: told to drain. `emptying`: until no task of a service is left. `in-hand`: the person works on it.
 * `returning`: until it is Ready and stays so. `activating`: gets back what it had. `spreading`: a rebalance is offered.
 */
export type Step = (typeof STEPS)[number]

export const STEPS = [
  'waiting',
  'checks',
  'moving',
  'draining',
  'emptying',
  'in-hand',
  'returning',
  'activating',
  'spreading',
  'over',
] as const

/** `version`: of the node when the person got it. `sawDownAt`, `sawBackAt`: what we have seen of it since. */
export type HandedOver = {
  readonly at: number
  readonly version: number
  readonly sawDownAt: number | null
  readonly sawBackAt: number | null
}

/** `accepts`: what the person says to be no reason when they go on. `by`: whose doing it is. */
export type Held = {
  readonly by: 'person' | 'check' | 'failure'
  readonly reason: string
  readonly accepts: readonly CheckKind[]
}

export type CheckKind = (typeof CHECK_KINDS)[number]

export const CHECK_KINDS = ['lock', 'quorum', 'room', 'services', 'updates', 'way', 'graceful', 'jobs'] as const

/** A maintenance of these nodes that has not begun: workers first, then managers, the leader last. */
export function proposeMaintenance(
  nodes: readonly ClusterNode[],
  whole: Pick<Maintenance, 'clusterId' | 'by' | 'startedAt' | 'manner'>,
): Maintenance {
  const ordered = nodes.toSorted((one, other) => rankOf(one) - rankOf(other))
  return {
    ...whole,
    nodes: ordered.map(({ node, name }) => ({
      nodeId: node.id,
      name,
      step: 'waiting',
      before: null,
      accepted: [],
      renewing: null,
      handedOver: null,
      steadySince: null,
      outcome: 'done',
    })),
    held: null,
  }
}

/** The node that is worked on, or whose turn is next: while one is under way it and no other. Null when all are over. */
export function currentNode({ nodes }: Maintenance, { nodeById }: Cluster): MaintainedNode | null {
  const begun = nodes.find(({ step }) => step !== 'waiting' && step !== 'over')
  if (begun !== undefined) return begun
  const waiting = nodes.filter(({ step }) => step === 'waiting')
  const rank = ({ nodeId }: MaintainedNode) => {
    const entry = nodeById.get(nodeId)
    return entry === undefined ? 0 : rankOf(entry)
  }
  return waiting.toSorted((one, other) => rank(one) - rank(other))[0] ?? null
}

const rankOf = ({ node }: ClusterNode): number =>
  node.manager === null && node.role === 'worker' ? 0 : node.manager?.isLeader ? 2 : 1

export const isOver = ({ nodes }: Maintenance): boolean => nodes.every(({ step }) => step === 'over')

/** The maintenance with one of its nodes changed. */
export function withNode(maintenance: Maintenance, nodeId: string, change: Partial<MaintainedNode>): Maintenance {
  return {
    ...maintenance,
    nodes: maintenance.nodes.map(node => (node.nodeId === nodeId ? { ...node, ...change } : node)),
  }
}
