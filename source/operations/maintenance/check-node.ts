import { counted } from '../../rules/counted.ts'
import type { Cluster, ClusterNode } from '../../swarm/cluster.ts'
import { findObstacles } from '../../swarm/find-obstacles.ts'
import { countRoom } from '../count-room.ts'
import { gracefulDrain } from '../graceful-drain.ts'
import { otherOpenNodes } from '../open-nodes.ts'
import { named } from '../phrases.ts'
import type { Plan } from '../plan.ts'
import { isStuck } from '../say-waiting.ts'
import { tasksOnNode } from '../tasks-on-node.ts'
import { sayTolerance, toleranceNow, toleranceWithoutHost } from '../tolerance.ts'
import { foreignLock, sayLock } from './lock.ts'
import type { CheckKind, Maintenance } from './maintenance.ts'

/**
 * `good`; `waits`: time alone mends it; `bad`: the person may go on in spite of it; `refused`: not even they may.
 * `text` may contain names from the cluster: untrusted.
 */
export type Check = {
  readonly kind: CheckKind
  readonly verdict: 'good' | 'waits' | 'bad' | 'refused'
  readonly text: string
}

/** What is known besides the cluster. */
export type CheckKnowledge = {
  /** How many other managers we could ask when the one that we ask now is off. */
  readonly otherHosts: number
  /** What taking a node down was rehearsed to do; null where no node was. */
  readonly rehearsed: Rehearsed | null
}

/** `plan`: null where there is none; `awaited` while it is worth waiting for. */
export type Rehearsed = { readonly nodeId: string; readonly plan: Plan | 'awaited' | null }

/** Whether a node may be taken down now, in the order in which a person would ask. */
export function checkNode(
  entry: ClusterNode,
  maintenance: Maintenance,
  cluster: Cluster,
  known: CheckKnowledge,
): readonly Check[] {
  return [
    ...checkLock(entry, maintenance),
    checkQuorum(entry, cluster),
    checkRoom(entry, cluster, known.rehearsed?.nodeId === entry.node.id ? known.rehearsed.plan : null),
    checkServices(entry, cluster),
    checkUpdates(entry, cluster),
    ...checkWay(entry, known.otherHosts),
    ...(maintenance.manner === 'graceful' ? checkGraceful(entry, cluster) : []),
  ]
}

function checkLock({ node, name }: ClusterNode, maintenance: Maintenance): readonly Check[] {
  const lock = foreignLock(node, maintenance)
  if (lock === null) return []
  return [{ kind: 'lock', verdict: 'refused', text: `${name} is in maintenance ${sayLock(lock)}` }]
}

/** A drained manager votes on; what is asked is whether it may be switched off. */
export function checkQuorum({ node, name }: ClusterNode, { quorum }: Cluster): Check {
  const check = (verdict: Check['verdict'], text: string): Check => ({ kind: 'quorum', verdict, text })
  if (!quorum.hasQuorum) return check('refused', `there is no quorum: ${sayTolerance(toleranceNow(quorum))}`)
  const member = quorum.members.find(({ nodeId }) => nodeId === node.id)
  if (member === undefined) return check('good', sayTolerance(toleranceNow(quorum)))
  if (quorum.members.length === 1) {
    return check('refused', `${name} is the only manager: promote another node first`)
  }
  const without = toleranceWithoutHost(quorum, member)
  const missing = quorum.members.filter(other => other !== member && !other.isReachable).map(other => other.name)
  if (without.canLose >= 0) return check('good', `while ${name} is off: ${sayTolerance(without)}`)
  return check(
    'refused',
    `without ${name} the quorum would be lost: ${sayTolerance(without)}${missing.length === 0 ? '; promote another node first' : `; bring back ${named(missing)} first`}`,
  )
}

/** As rehearsed where it was; else service by service, as if each were alone. */
function checkRoom(entry: ClusterNode, cluster: Cluster, plan: Rehearsed['plan']): Check {
  const check = (verdict: Check['verdict'], text: string): Check => ({ kind: 'room', verdict, text })
  if (plan === 'awaited') return check('waits', 'being rehearsed')
  if (plan !== null) {
    const [first] = plan.unplaced
    return first === undefined
      ? check('good', `rehearsed: everything finds a place${sayGaps(plan)}`)
      : check('bad', `rehearsed: ${named(plan.unplaced.map(({ task }) => task))} find no place: ${first.reason}`)
  }
  const { moving } = tasksOnNode(entry, cluster)
  if (moving.length === 0) return check('good', 'nothing has to find a place elsewhere')
  if (otherOpenNodes(entry, cluster).length === 0) return check('bad', 'no other node is ready and active')
  const crowded = [...Map.groupBy(moving, ({ service }) => service)].filter(([{ service }, tasks]) => {
    const open = findObstacles(service, null, cluster).flatMap(({ node, obstacle }) =>
      obstacle === null && node.node.id !== entry.node.id ? [node] : [],
    )
    return countRoom(service, open) < tasks.length
  })
  return crowded.length === 0
    ? check('good', `there is room for ${counted(moving.length, 'task')} elsewhere`)
    : check('bad', `no room elsewhere for all tasks of ${named(crowded.map(([{ service }]) => service.name))}`)
}

function sayGaps({ gaps }: Plan): string {
  if (gaps.length === 0) return ', and nothing runs short'
  return `; short for a while: ${named(gaps.map(({ service, lowest, desired }) => `${service} ${lowest}/${desired}`))}`
}

/** What is short already must not be made shorter; what is only on its way is waited for. */
function checkServices(entry: ClusterNode, cluster: Cluster): Check {
  const { moving, lost } = tasksOnNode(entry, cluster)
  const short = [...new Set([...moving, ...lost].map(({ service }) => service))].filter(({ isShort }) => isShort)
  if (short.length === 0) return { kind: 'services', verdict: 'good', text: 'what runs there has all its tasks' }
  const isComing = short.every(({ slots }) => !slots.some(isStuck))
  const names = short.map(({ service, running, desired }) => `${service.name} ${running}/${desired}`)
  return { kind: 'services', verdict: isComing ? 'waits' : 'bad', text: `short of tasks: ${named(names)}` }
}

/** Of services that have something there: a drain in the middle of an update makes two causes of one failure. */
function checkUpdates(entry: ClusterNode, cluster: Cluster): Check {
  const { moving, lost, global } = tasksOnNode(entry, cluster)
  const there = [...new Set([...moving, ...lost, ...global].map(({ service }) => service.service))]
  const going = there.filter(({ update }) => update?.state === 'updating' || update?.state === 'rollback_started')
  const paused = there.filter(({ update }) => update?.state === 'paused' || update?.state === 'rollback_paused')
  if (paused.length > 0) {
    return { kind: 'updates', verdict: 'bad', text: `an update is paused: ${named(paused.map(({ name }) => name))}` }
  }
  return going.length === 0
    ? { kind: 'updates', verdict: 'good', text: 'no update of what runs there is under way' }
    : { kind: 'updates', verdict: 'waits', text: `an update is under way: ${named(going.map(({ name }) => name))}` }
}

/** Only of the node that we ask, where its going off would leave us without an answer. */
function checkWay({ isSelf, name }: ClusterNode, otherHosts: number): readonly Check[] {
  if (!isSelf) return []
  return [
    otherHosts > 0
      ? {
          kind: 'way',
          verdict: 'good',
          text: `we look through ${name}, and know ${counted(otherHosts, 'other host')} to ask`,
        }
      : {
          kind: 'way',
          verdict: 'bad',
          text: `we look through ${name} and know no other manager to ask: give a second --host, or see nothing while it is off`,
        },
  ]
}

function checkGraceful(entry: ClusterNode, cluster: Cluster): readonly Check[] {
  const { moved, left } = gracefulDrain(entry, cluster)
  const obstacles = left.filter(({ isObstacle, service }) => isObstacle && service.service.update?.state !== 'updating')
  const [first] = obstacles
  if (first !== undefined) {
    const others =
      obstacles.length > 1
        ? `, and ${named(obstacles.slice(1).map(({ service }) => service.service.name))} neither`
        : ''
    return [
      {
        kind: 'graceful',
        verdict: 'bad',
        text: `${first.service.service.name} cannot move gracefully: ${first.reason}${others}`,
      },
    ]
  }
  const names = moved.map(({ service }) => service.name)
  return names.length === 0
    ? []
    : [{ kind: 'graceful', verdict: 'good', text: `renewed before the drain: ${named(names)}` }]
}
