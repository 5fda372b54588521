import type { ApiServiceSpec } from '../../api/service.ts'
import { initialiseAllocator } from '../allocator/allocator.ts'
import { raftAddress } from '../membership/addresses.ts'
import { armRenewal } from '../membership/certificates.ts'
import { describeMachine } from '../membership/describe-machine.ts'
import { type Machine, newManagerPart } from '../world/machine.ts'
import { newSwarm } from '../world/new-swarm.ts'
import type { Node, NodeSpec } from '../world/node.ts'
import { drawId, drawText, type RandomState, seedRandom } from '../world/random.ts'
import type { Swarm } from '../world/swarm.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import type { Scenario, ScenarioMachine, ScenarioStep } from './scenario.ts'

const MOST_NODES_OF_A_SUBNET = 50

/**
 * The world at the scenario's very beginning: machines, those of the swarm with their nodes joined and ready, no service
 * yet, the script waiting. `epochMs`: what time 0 is, in milliseconds since 1970; the scenario's history lies before it.
 */
export function buildWorld(scenario: Scenario, seed: number, epochMs: number): World {
  const random = seedRandom(seed)
  const machines = scenario.machines.map(machine => buildMachine(scenario, machine, random))
  const swarms = scenario.machines.some(({ role }) => role !== null)
    ? [buildSwarm(scenario, machines, random, epochMs)]
    : []
  const script = [...scenario.services.map(createAtFirst(scenario)), ...scenario.script]
  const world: World = {
    scenario: scenario.name,
    epochMs,
    now: 0 - scenario.historyMs,
    random,
    timers: [],
    timerSerial: 0,
    machines: Object.fromEntries(machines.map(machine => [machine.name, machine])),
    swarms: Object.fromEntries(swarms.map(swarm => [swarm.key, swarm])),
    swarmSerial: swarms.length,
    images: scenario.images,
    starts: {},
    load: {},
    script,
    calls: {},
    callSerial: 0,
    continuedCalls: {},
    streams: {},
    streamSerial: 0,
    logStreams: {},
    deliveries: [],
  }
  for (const swarm of swarms) {
    giveAddresses(world, swarm)
    for (const machine of machines) if (machine.membership !== null) armRenewal(world, swarm, machine)
  }
  for (const [step, { at }] of script.entries()) setTimer(world, at - world.now, { kind: 'script', step, round: 0 })
  return world
}

/** One after another, within a minute at most. */
function createAtFirst({ historyMs, services }: Scenario): (spec: ApiServiceSpec, index: number) => ScenarioStep {
  const apartMs = Math.min(1_000, 60_000 / services.length)
  return (spec, index) => ({
    at: Math.round(apartMs * (index + 1)) - historyMs,
    every: null,
    action: { kind: 'create-service', spec },
  })
}

function buildMachine(scenario: Scenario, machine: ScenarioMachine, random: RandomState): Machine {
  return {
    name: machine.name,
    os: machine.os,
    architecture: machine.architecture,
    address: machine.address,
    nanoCpus: machine.nanoCpus,
    memoryBytes: machine.memoryBytes,
    engineId: drawUuid(random),
    engineLabels: { ...machine.engineLabels, 'swarmtop.simulation': scenario.name },
    power: 'on',
    isSilent: false,
    isCut: false,
    bootsUntil: null,
    membership: null,
    images: {},
    pulls: {},
    containers: {},
    reports: {},
    tasks: {},
    events: [],
  }
}

/** The machines have joined one by one, and nothing has happened since. */
function buildSwarm(scenario: Scenario, machines: readonly Machine[], random: RandomState, epochMs: number): Swarm {
  const at = 0 - scenario.historyMs
  const swarm = newSwarm(random, 's0', at, epochMs)
  for (const [index, machine] of machines.entries()) {
    const { role = null, availability = 'active', labels = {} } = scenario.machines[index] ?? {}
    if (role === null) continue
    const nodeId = drawId(random)
    const node = buildNode({ name: '', labels, role, availability }, machine, nodeId, swarm.index, at)
    swarm.index += 3
    swarm.nodes[nodeId] = node
    const isManager = node.role === 'manager'
    if (isManager) swarm.raft.members[nodeId] = { address: raftAddress(machine) }
    if (isManager && swarm.raft.leader === '') swarm.raft.leader = nodeId
    const manager = newManagerPart({ leader: swarm.raft.leader, term: swarm.raft.term })
    machine.membership = {
      swarm: swarm.key,
      nodeId,
      state: 'active',
      manager: isManager ? manager : null,
      session: swarm.raft.term,
    }
  }
  return swarm
}

/** Long ago, so that nobody hears of it. A subnet of the usual size has no address for each of so many nodes. */
function giveAddresses(world: World, swarm: Swarm): void {
  if (Object.keys(swarm.nodes).length > MOST_NODES_OF_A_SUBNET) swarm.cluster = { ...swarm.cluster, subnetSize: 16 }
  initialiseAllocator(world, swarm)
  swarm.changes = []
}

function buildNode(spec: NodeSpec, machine: Machine, id: string, version: number, at: number): Node {
  return {
    id,
    version,
    createdAt: at,
    updatedAt: at,
    spec,
    role: spec.role,
    description: describeMachine(machine),
    status: { state: 'ready', message: '', address: machine.address },
  }
}

function drawUuid(random: RandomState): string {
  return [8, 4, 4, 4, 12].map(length => drawText(random, '0123456789abcdef', length)).join('-')
}
