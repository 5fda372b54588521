import { finishBoot } from '../finish-boot.ts'
import { wakeLogs } from '../logs/follow.ts'
import { describeMachine } from '../membership/describe-machine.ts'
import { leadingMachine } from '../raft/can-commit.ts'
import { type Machine, machineOfNode } from '../world/machine.ts'
import type { Node } from '../world/node.ts'
import { drawWithin } from '../world/random.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { isAgentInTouch } from './agent-contact.ts'
import { sendAllAssignments } from './assignments.ts'
import { awaitHeartbeat } from './node-state.ts'
import { sendReports } from './reports.ts'

const RATE = { count: 3, withinMs: 8_000 }

/**
 * Sees to every agent after something has changed between machines: whoever is out of touch with the leader loses its
 * session and will be missed; whoever is in touch and has none registers soon.
 *
 * Source: moby/swarmkit manager/dispatcher/dispatcher.go (register, Session), agent/agent.go (backoff)
 */
export function reviewAgents(world: World, swarm: Swarm): void {
  if (leadingMachine(world, swarm) === undefined) return
  const { dispatcher } = swarm.leader
  for (const node of Object.values(swarm.nodes)) {
    const machine = machineOfNode(world, swarm, node.id)
    const isThere = machine !== undefined && isAgentInTouch(world, swarm, machine)
    if (isThere && machine.membership?.session !== swarm.raft.term) register(node, machine)
    if (isThere) continue
    if (machine?.membership != null) machine.membership.session = null
    delete dispatcher.registering[node.id]
    if (node.status.state === 'ready' && dispatcher.missing[node.id] === undefined) {
      awaitHeartbeat(world, swarm, node.id)
    }
  }

  function register(node: Node, machine: Machine): void {
    if (dispatcher.registering[node.id] === true) return
    dispatcher.registering[node.id] = true
    const delayMs = drawWithin(world.random, delayRange(world, swarm, node, machine))
    setLeaderTimer(world, swarm, delayMs, { kind: 'node-ready', nodeId: node.id })
  }
}

/**
 * An agent registers: the node is ready, it is sent all its tasks, and it says all that it had to keep to itself. More
 * than three times in eight seconds are refused, and it tries again.
 */
export function registerNode(world: World, swarm: Swarm, nodeId: string): void {
  const { dispatcher } = swarm.leader
  const machine = machineOfNode(world, swarm, nodeId)
  delete dispatcher.registering[nodeId]
  if (machine === undefined || machine.membership === null || !isAgentInTouch(world, swarm, machine)) return
  const recent = (dispatcher.registrations[nodeId] ?? []).filter(at => at > world.now - RATE.withinMs)
  if (recent.length >= RATE.count) {
    dispatcher.registering[nodeId] = true
    setLeaderTimer(world, swarm, RATE.withinMs - (world.now - (recent[0] ?? 0)), { kind: 'node-ready', nodeId })
    return
  }
  dispatcher.registrations[nodeId] = [...recent, world.now]
  delete dispatcher.missing[nodeId]
  machine.membership.session = swarm.raft.term
  machine.membership.state = 'active'
  welcome(world, swarm, machine, nodeId)
  sendAllAssignments(world, swarm, machine)
  sendReports(world, swarm, machine)
  wakeLogs(world)
  finishBoot(world, machine)
}

function welcome(world: World, swarm: Swarm, machine: Machine, nodeId: string): void {
  const node = swarm.nodes[nodeId]
  if (node === undefined) return
  const description = { ...node.description, ...describeMachine(machine) }
  const status = { state: 'ready', message: '', address: machine.address } as const
  transact(world, swarm, transaction => transaction.updateNode(nodeId, { status, description }))
}

/** The longer an agent has looked for a leader, the longer it pauses between two tries: up to eight seconds. */
function delayRange(world: World, swarm: Swarm, node: Node, machine: Machine): readonly [number, number] {
  if (machine.name === leadingMachine(world, swarm)?.name) return [150, 250]
  if (machine.bootsUntil !== null || node.description.hostname === '') return [50, 150]
  if (world.now === swarm.raft.leaderSince) return [100, 5_500]
  return node.status.state === 'down' ? [100, 8_000] : [100, 2_000]
}
