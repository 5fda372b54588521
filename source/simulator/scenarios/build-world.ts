import { ENGINE_VERSION } from '../engine-api/version.ts'
import type { Machine } from '../world/machine.ts'
import { newSwarm } from '../world/new-swarm.ts'
import type { Node } from '../world/node.ts'
import { drawId, drawText, type RandomState, seedRandom } from '../world/random.ts'
import type { Swarm } from '../world/swarm.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import type { Scenario, ScenarioMachine, ScenarioStep } from './scenario.ts'

const RAFT_PORT = 2377

/**
 * The world at the scenario's very beginning: machines with their nodes joined and ready, no service yet, the script
 * waiting. `epochMs`: what time 0 is, in milliseconds since 1970; the scenario's history lies before it.
 */
export function buildWorld(scenario: Scenario, seed: number, epochMs: number): World {
  const random = seedRandom(seed)
  const machines = scenario.machines.map((machine, index) => buildMachine(scenario, machine, index, random))
  const swarm = buildSwarm(scenario, machines, random)
  const script = [...scenario.services.map(createAtFirst(scenario)), ...scenario.script]
  const world: World = {
    scenario: scenario.name,
    epochMs,
    now: 0 - scenario.historyMs,
    random,
    timers: [],
    timerSerial: 0,
    machines: Object.fromEntries(machines.map(machine => [machine.name, machine])),
    cuts: {},
    swarms: { [swarm.key]: swarm },
    swarmSerial: 1,
    images: scenario.images,
    script,
    calls: {},
    callSerial: 0,
    streams: {},
    streamSerial: 0,
    deliveries: [],
  }
  for (const [step, { at }] of script.entries()) setTimer(world, at - world.now, { kind: 'script', step, round: 0 })
  return world
}

function createAtFirst(scenario: Scenario): (spec: Scenario['services'][number], index: number) => ScenarioStep {
  return (spec, index) => ({
    at: 1_000 * (index + 1) - scenario.historyMs,
    every: null,
    action: { kind: 'create-service', spec },
  })
}

function buildMachine(scenario: Scenario, machine: ScenarioMachine, index: number, random: RandomState): Machine {
  return {
    name: machine.name,
    os: 'linux',
    architecture: 'x86_64',
    address: `10.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`,
    nanoCpus: machine.cpus * 1e9,
    memoryBytes: machine.memoryBytes,
    engineId: drawUuid(random),
    engineLabels: { 'swarmtop.simulation': scenario.name },
    power: 'on',
    isSilent: false,
    isCut: false,
    membership: null,
    images: {},
    tasks: {},
    events: [],
  }
}

/** The machines have joined one by one, and nothing has happened since. */
function buildSwarm(scenario: Scenario, machines: readonly Machine[], random: RandomState): Swarm {
  const at = 0 - scenario.historyMs
  const swarm = newSwarm(random, 's0', at)
  for (const [index, machine] of machines.entries()) {
    const nodeId = drawId(random)
    const node = buildNode(scenario.machines[index], machine, nodeId, swarm.index, at)
    swarm.index += 3
    swarm.nodes[nodeId] = node
    const isManager = node.role === 'manager'
    if (isManager) swarm.raft.members[nodeId] = { address: `${machine.address}:${RAFT_PORT}` }
    if (isManager && swarm.raft.leader === '') swarm.raft.leader = nodeId
    const manager = { isReady: true, leader: swarm.raft.leader, leaderlessSince: null, stale: null }
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

function buildNode(
  given: ScenarioMachine | undefined,
  machine: Machine,
  id: string,
  version: number,
  at: number,
): Node {
  const role = given?.role ?? 'worker'
  return {
    id,
    version,
    createdAt: at,
    updatedAt: at,
    spec: { name: '', labels: given?.labels ?? {}, role, availability: 'active' },
    role,
    description: {
      hostname: machine.name,
      os: machine.os,
      architecture: machine.architecture,
      nanoCpus: machine.nanoCpus,
      memoryBytes: machine.memoryBytes,
      engineVersion: ENGINE_VERSION,
      engineLabels: machine.engineLabels,
    },
    status: { state: 'ready', message: '', address: machine.address },
  }
}

function drawUuid(random: RandomState): string {
  return [8, 4, 4, 4, 12].map(length => drawText(random, '0123456789abcdef', length)).join('-')
}
