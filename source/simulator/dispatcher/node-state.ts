import type { Node, NodeStatus } from '../world/node.ts'
import { drawWithin } from '../world/random.ts'
import { tasksOfNode, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { holdsResources } from '../world/task.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'

const DEFAULT_PERIOD_NS = 5e9
const JITTER_MS = 500
const GRACE_PERIODS = 3
const UNKNOWN_GRACE_PERIODS = 6
const ORPHANED_AFTER_MS = 24 * 60 * 60_000

const UNKNOWN = 'Node moved to "unknown" state due to leadership change in cluster'

/*
 * What a leader thinks of its nodes. While an agent is heard nothing has to be done for its heartbeats; what they would
 * have been is worked out when they stop.
 *
 * Source: moby/swarmkit manager/dispatcher/{dispatcher,nodes,period}.go
 */

/** A node that was well is not heard from any more: it has three periods from its last heartbeat to be heard again. */
export function awaitHeartbeat(world: World, swarm: Swarm, nodeId: string): void {
  const sinceBeatMs = drawWithin(world.random, [0, periodMs(world, swarm)])
  awaitNode(world, swarm, nodeId, GRACE_PERIODS * periodMs(world, swarm) - sinceBeatMs)
}

/** A new leader knows nothing of its nodes but who was down already. */
export function markNodesUnknown(world: World, swarm: Swarm): void {
  transact(world, swarm, transaction => {
    for (const { id, status } of Object.values(swarm.nodes)) {
      if (status.state === 'down') {
        awaitReturn(world, swarm, id)
        continue
      }
      transaction.updateNode(id, { status: { ...status, state: 'unknown', message: UNKNOWN } })
      awaitNode(world, swarm, id, UNKNOWN_GRACE_PERIODS * periodMs(world, swarm))
    }
  })
}

/** Nothing was heard in time. `serial`: of the wait that is over; a node that has registered since is well. */
export function declareDown(world: World, swarm: Swarm, nodeId: string, serial: number): void {
  const node = swarm.nodes[nodeId]
  if (node === undefined || swarm.leader.dispatcher.missing[nodeId] !== serial) return
  transact(world, swarm, transaction => transaction.updateNode(nodeId, { status: downStatus(node) }))
  awaitReturn(world, swarm, nodeId)
}

/** A day is over: what has not been heard of since will not be heard of again. */
export function orphanTasks(world: World, swarm: Swarm, nodeId: string, serial: number): void {
  if (swarm.leader.dispatcher.missing[nodeId] !== serial) return
  const lost = tasksOfNode(swarm, nodeId).filter(holdsResources)
  transact(world, swarm, transaction => {
    for (const { id, status } of lost) {
      transaction.updateTask(id, { status: { ...status, state: 'orphaned' } })
    }
  })
}

function downStatus({ status }: Node): NodeStatus {
  const isUnknown = status.state === 'unknown'
  const message = isUnknown ? 'heartbeat failure for node in "unknown" state' : 'heartbeat failure'
  return { ...status, state: 'down', message }
}

function awaitNode(world: World, swarm: Swarm, nodeId: string, ms: number): void {
  setLeaderTimer(world, swarm, ms, { kind: 'node-down', nodeId, serial: nextWait(swarm, nodeId) })
}

function awaitReturn(world: World, swarm: Swarm, nodeId: string): void {
  setLeaderTimer(world, swarm, ORPHANED_AFTER_MS, { kind: 'orphan', nodeId, serial: nextWait(swarm, nodeId) })
}

function nextWait({ leader }: Swarm, nodeId: string): number {
  const { dispatcher } = leader
  const serial = dispatcher.missingSerial++
  dispatcher.missing[nodeId] = serial
  return serial
}

/** The time until the next heartbeat, as an agent is told it: drawn anew for each. */
function periodMs(world: World, swarm: Swarm): number {
  const period = (swarm.cluster.spec.Dispatcher?.HeartbeatPeriod || DEFAULT_PERIOD_NS) / 1e6
  return period + drawWithin(world.random, [-JITTER_MS, JITTER_MS])
}
