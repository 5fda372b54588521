import { assertNever } from '../../rules/assert-never.ts'
import { counted } from '../../rules/counted.ts'
import { isLive, isTerminal } from '../../rules/task-state.ts'
import type { Cluster, ClusterNode } from '../../swarm/cluster.ts'
import { nameTask } from '../../swarm/name-task.ts'
import type { NodeAvailability } from '../../swarm/node.ts'
import type { Task } from '../../swarm/task.ts'
import { isUpdating } from '../../swarm/update-progress.ts'
import { gracefulDrain, type LeftToDrain } from '../graceful-drain.ts'
import type { Operation } from '../operation.ts'
import { named } from '../phrases.ts'
import { tasksOnNode } from '../tasks-on-node.ts'
import { watchUpdate } from '../watch-update.ts'
import { type CheckKnowledge, checkNode, checkQuorum } from './check-node.ts'
import { foreignLock, lockOf, lockText, putLock, TAKE_LOCK_OFF } from './lock.ts'
import { currentNode, type Held, type MaintainedNode, type Maintenance, withNode } from './maintenance.ts'

/** `readAt`: when the cluster was read, milliseconds since 1970 by our clock. */
export type Known = CheckKnowledge & {
  readonly cluster: Cluster
  readonly readAt: number
  /** The services that a rebalance would spread better over the nodes that are active. */
  readonly uneven: readonly string[]
}

/**
 * What comes of a maintenance now. Either it has changed, and has to be written down before anything is done; or there is
 * something to do, which what was written down foretold; or it waits, `waits` says for what, `''` for a person. Asked
 * again with the same it says the same, so that a session that begins anew does neither too much nor too little.
 */
export type Advance =
  | { readonly kind: 'changed'; readonly maintenance: Maintenance }
  | { readonly kind: 'do'; readonly operation: Operation }
  | { readonly kind: 'waits'; readonly text: string }

/** How long a node must have been as it should be before it gets tasks again. */
export const STEADY_MS = 15_000

export function advance(maintenance: Maintenance, known: Known): Advance {
  if (maintenance.held !== null) return waitFor('')
  const node = currentNode(maintenance, known.cluster)
  if (node === null) return waitFor('')
  const entry = known.cluster.nodeById.get(node.nodeId)
  if (entry === undefined) return hold(maintenance, 'check', `${node.name} is no longer in the swarm: skip it`)
  return advanceNode(maintenance, node, entry, known)
}

function advanceNode(maintenance: Maintenance, node: MaintainedNode, entry: ClusterNode, known: Known): Advance {
  switch (node.step) {
    case 'waiting':
      return change(maintenance, node, { step: 'checks' })
    case 'checks':
      return passChecks(maintenance, node, entry, known)
    case 'moving':
      return holdBeforeMore(maintenance, node, entry, known) ?? moveServices(maintenance, node, entry, known)
    case 'draining':
      return holdBeforeMore(maintenance, node, entry, known) ?? drain(maintenance, node, entry)
    case 'emptying':
      return holdForOtherHand(maintenance, node, entry) ?? empty(maintenance, node, entry, known)
    case 'in-hand':
      return holdForOtherHand(maintenance, node, entry) ?? watchHand(maintenance, node, entry, known)
    case 'returning':
      return holdForOtherHand(maintenance, node, entry) ?? waitUntilSteady(maintenance, node, entry, known)
    case 'activating':
      return activate(maintenance, node, entry)
    case 'spreading':
      return known.uneven.length === 0 ? change(maintenance, node, { step: 'over' }) : waitFor('')
    case 'over':
      return waitFor('')
    default:
      return assertNever(node.step)
  }
}

function passChecks(maintenance: Maintenance, node: MaintainedNode, entry: ClusterNode, known: Known): Advance {
  const open = checkNode(entry, maintenance, known.cluster, known).filter(
    ({ kind, verdict }) => verdict !== 'good' && !node.accepted.includes(kind),
  )
  const bad = open.filter(({ verdict }) => verdict !== 'waits')
  const [first] = bad.toSorted((one, other) => Number(other.verdict === 'refused') - Number(one.verdict === 'refused'))
  if (first !== undefined) {
    const accepts = bad.flatMap(({ kind, verdict }) => (verdict === 'bad' ? [kind] : []))
    return hold(maintenance, 'check', bad.map(({ text }) => text).join('; '), accepts)
  }
  const [waiting] = open
  if (waiting !== undefined) return waitFor(waiting.text)
  const isGraceful = maintenance.manner === 'graceful' && entry.node.availability !== 'drain'
  const before = node.before ?? entry.node.availability
  return change(maintenance, node, { step: isGraceful ? 'moving' : 'draining', before })
}

/** Asked at each step that takes more away: a manager may have gone since the checks, or somebody else come. */
function holdBeforeMore(
  maintenance: Maintenance,
  node: MaintainedNode,
  entry: ClusterNode,
  { cluster }: Known,
): Advance | null {
  const { verdict, text } = checkQuorum(entry, cluster)
  if (verdict !== 'good') return hold(maintenance, 'check', text)
  const lock = node.accepted.includes('lock') ? null : foreignLock(entry.node, maintenance)
  return lock === null ? null : hold(maintenance, 'check', `${entry.name} is in maintenance by ${lock.by}`)
}

/** What was drained and has been given tasks again, or was taken over, is drained anew when the person goes on. */
function holdForOtherHand(maintenance: Maintenance, node: MaintainedNode, entry: ClusterNode): Advance | null {
  const { availability } = entry.node
  const lock = foreignLock(entry.node, maintenance)
  if (availability === 'drain' && lock === null) return null
  const reason =
    lock === null
      ? `${entry.name} was set to ${availability} by someone else`
      : `${entry.name} was taken over by ${lock.by}`
  return hold(withNode(maintenance, node.nodeId, { step: 'draining' }), 'check', reason)
}

/**
 * One service after another. Which one is renewed now, and at which counter it stood, is written down before it is asked
 * for: whoever goes on knows by the counter whether it was.
 */
function moveServices(maintenance: Maintenance, node: MaintainedNode, entry: ClusterNode, known: Known): Advance {
  const { cluster } = known
  const { renewing } = node
  if (maintenance.manner === 'plain' || entry.node.availability === 'drain') {
    return change(maintenance, node, { step: 'draining', renewing: null })
  }
  if (renewing !== null) return renew(maintenance, node, renewing, cluster)
  const { moved, left } = gracefulDrain(entry, cluster)
  const [next] = moved
  if (next === undefined) return leaveToDrain(maintenance, node, left)
  if (entry.node.availability === 'active' || !isLocked(entry, maintenance)) {
    return act({ kind: 'pause', nodeId: node.nodeId, name: entry.name, labels: putLock(maintenance) })
  }
  const { id: serviceId, name, forceUpdate } = next.service
  return change(maintenance, node, { renewing: { serviceId, name, forceUpdate } })
}

/** What is left to the drain although it should not be is asked about, where it was not asked about at the checks. */
function leaveToDrain(maintenance: Maintenance, node: MaintainedNode, left: readonly LeftToDrain[]): Advance {
  const obstacles = left.filter(({ isObstacle }) => isObstacle)
  const [first] = obstacles
  if (first === undefined || node.accepted.includes('graceful')) return change(maintenance, node, { step: 'draining' })
  const updating = obstacles.find(({ service }) => isUpdating(service.service))
  if (updating !== undefined) return waitFor(`${updating.service.service.name}: ${updating.reason}`)
  const text = `${first.service.service.name} cannot move gracefully: ${first.reason}; going on leaves it to the drain`
  return hold(maintenance, 'check', text, ['graceful'])
}

function renew(
  maintenance: Maintenance,
  node: MaintainedNode,
  renewing: NonNullable<MaintainedNode['renewing']>,
  cluster: Cluster,
): Advance {
  const service = cluster.serviceById.get(renewing.serviceId)
  if (service === undefined) return change(maintenance, node, { renewing: null })
  const { forceUpdate } = service.service
  if (forceUpdate <= renewing.forceUpdate) {
    return act({ kind: 'force-update', serviceId: renewing.serviceId, name: renewing.name })
  }
  const progress = watchUpdate(service, cluster, {
    isNew: task => task.forceUpdate >= forceUpdate,
    isRollback: false,
    hasBegun: true,
  })
  if (progress.kind === 'running') return waitFor(`${renewing.name}: ${progress.text}`)
  const next = withNode(maintenance, node.nodeId, { renewing: null })
  return progress.kind === 'converged'
    ? { kind: 'changed', maintenance: next }
    : hold(next, 'failure', `${renewing.name}: ${progress.text}; going on leaves it to the drain`, ['graceful'])
}

function drain(maintenance: Maintenance, node: MaintainedNode, entry: ClusterNode): Advance {
  return entry.node.availability === 'drain' && isLocked(entry, maintenance)
    ? change(maintenance, node, { step: 'emptying' })
    : act({ kind: 'drain', nodeId: node.nodeId, name: entry.name, labels: putLock(maintenance) })
}

/** Tasks of jobs are left alone by a drain, and end when the machine does. */
function empty(
  maintenance: Maintenance,
  node: MaintainedNode,
  entry: ClusterNode,
  { cluster, readAt }: Known,
): Advance {
  const jobs = tasksOnNode(entry, cluster).jobs.map(({ task }) => task)
  const left = leftOn(entry).filter(task => !jobs.includes(task))
  const nameAll = (tasks: readonly Task[]) => named(tasks.map(task => nameTask(task, cluster)))
  if (left.length > 0) return waitFor(`${counted(left.length, 'task')} still to stop: ${nameAll(left)}`)
  if (jobs.length > 0 && !node.accepted.includes('jobs')) {
    const text = `${counted(jobs.length, 'task')} of jobs still there, which a drain leaves alone: ${nameAll(jobs)}`
    return hold(maintenance, 'check', text, ['jobs'])
  }
  const { verdict, text } = checkQuorum(entry, cluster)
  if (verdict !== 'good') return hold(maintenance, 'check', text)
  const handedOver = { at: readAt, version: entry.node.version, sawDownAt: null, sawBackAt: null }
  return change(maintenance, node, { step: 'in-hand', handedOver })
}

/** What has not ended there. Of a node that is down nothing is heard: what was told to stop is gone. */
function leftOn({ node, tasks }: ClusterNode): readonly Task[] {
  return tasks.filter(
    ({ state, desired, serviceId }) =>
      !isTerminal(state) && serviceId !== '' && (node.state !== 'down' || isLive(desired)),
  )
}

/** Seen, and not waited for: a machine may be back before anybody has missed it. */
function watchHand(maintenance: Maintenance, node: MaintainedNode, entry: ClusterNode, { readAt }: Known): Advance {
  const handedOver = node.handedOver ?? { at: readAt, version: entry.node.version, sawDownAt: null, sawBackAt: null }
  const isGone = !isThere(entry)
  if (isGone && (handedOver.sawDownAt === null || handedOver.sawBackAt !== null)) {
    return change(maintenance, node, { handedOver: { ...handedOver, sawDownAt: readAt, sawBackAt: null } })
  }
  if (!isGone && handedOver.sawDownAt !== null && handedOver.sawBackAt === null) {
    return change(maintenance, node, { handedOver: { ...handedOver, sawBackAt: readAt } })
  }
  return waitFor('')
}

/** Ready, and of a manager also heard by the others. */
export const isThere = ({ node }: ClusterNode): boolean =>
  node.state === 'ready' && (node.manager === null || node.manager.reachability === 'reachable')

function waitUntilSteady(
  maintenance: Maintenance,
  node: MaintainedNode,
  entry: ClusterNode,
  { readAt }: Known,
): Advance {
  const { steadySince } = node
  if (!isThere(entry)) {
    if (steadySince !== null) return change(maintenance, node, { steadySince: null })
    return waitFor(
      entry.node.state === 'ready'
        ? `${entry.name} is Ready, but the other managers do not reach it`
        : `${entry.name} is not Ready${entry.node.stateMessage === '' ? '' : ` (${entry.node.stateMessage})`}`,
    )
  }
  // What is written down is of this clock too, which may have been set back since.
  if (steadySince === null || steadySince > readAt) return change(maintenance, node, { steadySince: readAt })
  const left = STEADY_MS - (readAt - steadySince)
  return left <= 0
    ? change(maintenance, node, { step: 'activating' })
    : waitFor(`${entry.name} is back, and watched for another ${Math.ceil(left / 1000)} s`)
}

/** The node gets back what it had before, and loses the lock, in one change. */
function activate(maintenance: Maintenance, node: MaintainedNode, entry: ClusterNode): Advance {
  const before = node.before ?? 'active'
  const isOurs = lockOf(entry.node)?.text === lockText(maintenance)
  if (entry.node.availability !== before || isOurs) {
    const labels = isOurs ? TAKE_LOCK_OFF : { set: {}, unset: [] }
    return act({ kind: SWITCH[before], nodeId: node.nodeId, name: entry.name, labels })
  }
  const step = node.outcome === 'done' && before === 'active' ? 'spreading' : 'over'
  return change(maintenance, node, { step, steadySince: null })
}

const SWITCH = { active: 'activate', pause: 'pause', drain: 'drain' } as const satisfies Record<
  NodeAvailability,
  Operation['kind']
>

const isLocked = ({ node }: ClusterNode, maintenance: Maintenance): boolean =>
  lockOf(node)?.text === lockText(maintenance)

function change(maintenance: Maintenance, { nodeId }: MaintainedNode, to: Partial<MaintainedNode>): Advance {
  return { kind: 'changed', maintenance: withNode(maintenance, nodeId, to) }
}

function hold(maintenance: Maintenance, by: Held['by'], reason: string, accepts: Held['accepts'] = []): Advance {
  return { kind: 'changed', maintenance: { ...maintenance, held: { by, reason, accepts } } }
}

const act = (operation: Operation): Advance => ({ kind: 'do', operation })
const waitFor = (text: string): Advance => ({ kind: 'waits', text })

/**
 * The operation that was under way for it has ended badly: it was refused, or what it set off has failed. What is as far as
 * it goes by itself is told and left to the person.
 */
export function hearFailure(
  maintenance: Maintenance,
  operation: Operation,
  text: string,
  cluster: Cluster,
): Maintenance {
  const node = currentNode(maintenance, cluster)
  if (node === null) return maintenance
  const isRenewal = operation.kind === 'force-update'
  const held: Held = {
    by: 'failure',
    reason: `${operation.name}: ${text}${isRenewal ? '; going on leaves it to the drain' : ''}`,
    accepts: isRenewal ? ['graceful'] : [],
  }
  return { ...withNode(maintenance, node.nodeId, { renewing: null }), held }
}
