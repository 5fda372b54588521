import { counted } from '../rules/counted.ts'
import type { Cluster, ClusterNode, ClusterService } from '../swarm/cluster.ts'
import { explainObstacle, findObstacles } from '../swarm/find-obstacles.ts'
import { info, warning } from './consequence.ts'
import { countRoom } from './count-room.ts'
import type { Consequence, Operation } from './operation.ts'
import { named } from './phrases.ts'
import type { Sequence } from './sequence.ts'
import { tasksOnNode } from './tasks-on-node.ts'

/** A drain that lets services move by their own updates first. */
export type GracefulDrain = {
  readonly sequence: Sequence
  /** The services that are moved by a forced update, in the order in which it is done. */
  readonly moved: readonly ClusterService[]
  /** Those whose tasks are left to the drain, and why. */
  readonly left: readonly LeftToDrain[]
}

/** `isObstacle`: an update would be the right way, and something stands in it; else it would only be no better. */
export type LeftToDrain = {
  readonly service: ClusterService
  readonly tasks: number
  readonly isObstacle: boolean
  /** A clause: `an update of it is paused`. */
  readonly reason: string
}

/**
 * Pauses the node, so that the scheduler passes it over (moby/swarmkit manager/scheduler/filter.go, ReadyFilter), renews
 * each service that has tasks there by its own order and limits, and drains what is left. Services with few tasks come
 * first: what can go wrong is seen while little has moved. Broken off, the node is as available as it was before.
 */
export function gracefulDrain(entry: ClusterNode, cluster: Cluster): GracefulDrain {
  const { moved, left } = sortServices(entry, cluster)
  const { node, name } = entry
  const drain: Operation = { kind: 'drain', nodeId: node.id, name }
  const pause: Operation = { kind: 'pause', nodeId: node.id, name }
  const renewals = moved.map(
    ({ service }): Operation => ({ kind: 'force-update', serviceId: service.id, name: service.name }),
  )
  return {
    sequence: {
      kind: 'sequence',
      name: `drain ${name} gracefully`,
      operations: renewals.length === 0 ? [drain] : [pause, ...renewals, drain],
      undo: node.availability === 'active' ? [{ kind: 'activate', nodeId: node.id, name }] : [],
    },
    moved,
    left,
  }
}

/** What is particular about it, in a person's words; what a drain means anyhow is `drainConsequences`'. */
export function gracefulConsequences(entry: ClusterNode, cluster: Cluster): readonly Consequence[] {
  const { moved, left } = gracefulDrain(entry, cluster)
  const renewed = moved.map(
    ({ service, desired }) => `${service.name} (${counted(desired, 'task')}, ${service.updateOrder})`,
  )
  const obstacles = left.filter(({ isObstacle }) => isObstacle)
  const alike = Map.groupBy(
    left.filter(({ isObstacle }) => !isObstacle),
    ({ reason }) => reason,
  )
  return [
    ...obstacles.map(({ service, reason }) =>
      warning(
        `${service.service.name} cannot move gracefully: ${reason}; the drain stops it before it starts elsewhere`,
      ),
    ),
    ...(moved.length === 0
      ? [warning('no service there moves more gracefully than by a plain drain')]
      : [
          info(
            `${entry.name} is paused, then all tasks of these are renewed, one service after another: ${named(renewed)}`,
          ),
        ]),
    ...[...alike].map(([reason, same]) =>
      info(`left to the drain, since ${reason}: ${named(same.map(({ service }) => service.service.name))}`),
    ),
  ]
}

/**
 * The services of which something is moved off the node, by how. A global one ends there in any case, and jobs run on.
 * Source: moby/swarmkit manager/orchestrator/global/global.go, jobs/
 */
function sortServices(
  entry: ClusterNode,
  cluster: Cluster,
): { readonly moved: readonly ClusterService[]; readonly left: readonly LeftToDrain[] } {
  const { moving, lost } = tasksOnNode(entry, cluster)
  const byService = Map.groupBy([...moving, ...lost], ({ service }) => service)
  const judged = [...byService].map(([service, tasks]) => ({
    service,
    tasks: tasks.length,
    verdict: judge(service, tasks.length, entry, cluster),
  }))
  return {
    moved: judged
      .filter(({ verdict }) => verdict === null)
      .map(({ service }) => service)
      .toSorted((one, other) => one.desired - other.desired),
    left: judged.flatMap(({ service, tasks, verdict }) => (verdict === null ? [] : [{ service, tasks, ...verdict }])),
  }
}

type Verdict = { readonly isObstacle: boolean; readonly reason: string }

/** Null where a forced update moves its tasks, and more gracefully than a drain would. */
function judge(entry: ClusterService, tasks: number, node: ClusterNode, cluster: Cluster): Verdict | null {
  const { service } = entry
  if (service.updateOrder === 'stop-first' && service.restartCondition !== 'none' && tasks <= atOnce(entry)) {
    return { isObstacle: false, reason: sayNoBetter(entry, tasks) }
  }
  const reason = findStanding(entry) ?? findLackOfRoom(entry, tasks, node, cluster)
  return reason === null ? null : { isObstacle: true, reason }
}

/** Stop-first, an update stops as many at once as the drain does, and renews all others besides. */
const sayNoBetter = ({ desired }: ClusterService, tasks: number): string =>
  desired === 1
    ? 'with one task and stop-first it is down for a moment either way'
    : `their own updates would stop ${tasks === 1 ? 'one' : 'as many'} at a time too (stop-first)`

const atOnce = ({ service, desired }: ClusterService): number =>
  service.updateParallelism === 0 ? desired : service.updateParallelism

/** What keeps an update of it from ending well, wherever its tasks are. */
function findStanding({ service, slots }: ClusterService): string | null {
  switch (service.update?.state) {
    case 'updating':
    case 'rollback_started':
      return 'an update of it is under way'
    case 'paused':
    case 'rollback_paused':
      return 'its update is paused, and a forced one would set that going again'
    default: {
      const failing = slots.find(({ why }) => why?.kind === 'failing')
      return failing === undefined ? null : `${failing.name} fails again and again, and so would an update`
    }
  }
}

/**
 * Start-first, each new task needs a place while the old one is still there; stop-first, those from this node do. An
 * update that finds none waits for ever. Source: moby/swarmkit manager/orchestrator/update/updater.go, without a time limit.
 */
function findLackOfRoom(entry: ClusterService, tasks: number, { node }: ClusterNode, cluster: Cluster): string | null {
  const { service, desired } = entry
  const others = findObstacles(service, null, cluster).filter(other => other.node.node.id !== node.id)
  const open = others.flatMap(({ node: other, obstacle }) => (obstacle === null ? [other] : []))
  const needed = tasks + (service.updateOrder === 'start-first' && desired > tasks ? 1 : 0)
  const room = countRoom(service, open)
  if (room >= needed) return null
  const closed = others.flatMap(({ node: other, obstacle }) =>
    obstacle === null ? [] : [`${other.name} ${explainObstacle(obstacle)}`],
  )
  const why = closed.length === 0 ? '' : ` (${named(closed)})`
  return open.length === 0
    ? `no other node takes a task of it${why}`
    : `it needs room for ${needed} and other nodes have room for ${room}${why}`
}
