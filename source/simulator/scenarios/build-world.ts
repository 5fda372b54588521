import { ENGINE_VERSION } from '../engine-api/version.ts'
import type { Machine } from '../world/machine.ts'
import type { Node } from '../world/node.ts'
import { drawId, drawText, type RandomState, seedRandom } from '../world/random.ts'
import type { LeaderMemory, Swarm } from '../world/swarm.ts'
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
  const script = [...scenario.services.map(createAtFirst(scenario)), ...scenario.script]
  const world: World = {
    scenario: scenario.name,
    epochMs,
    now: 0 - scenario.historyMs,
    random,
    timers: [],
    timerSerial: 0,
    machines: Object.fromEntries(machines.map(machine => [machine.name, machine])),
    swarm: buildSwarm(scenario, machines, random),
    images: scenario.images,
    script,
    changes: [],
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
    address: `10.0.${1 + Math.floor(index / 250)}.${1 + (index % 250)}`,
    nanoCpus: machine.cpus * 1e9,
    memoryBytes: machine.memoryBytes,
    engineId: drawUuid(random),
    engineLabels: { 'swarmtop.simulation': scenario.name },
    nodeId: drawId(random),
    images: {},
    tasks: {},
    events: [],
  }
}

function buildSwarm(scenario: Scenario, machines: readonly Machine[], random: RandomState): Swarm {
  const at = 0 - scenario.historyMs
  const nodes = machines.map((machine, index) => buildNode(scenario.machines[index], machine, index, at))
  const managers = nodes.filter(node => node.role === 'manager')
  const digest = drawBase36(random, 50)
  return {
    cluster: {
      id: drawId(random),
      version: 10,
      createdAt: at,
      updatedAt: at,
      spec: CLUSTER_SPEC,
      joinTokens: {
        worker: `SWMTKN-1-${digest}-${drawBase36(random, 25)}`,
        manager: `SWMTKN-1-${digest}-${drawBase36(random, 25)}`,
      },
      ingressNetworkId: drawId(random),
    },
    index: 11 + 3 * nodes.length,
    nodes: Object.fromEntries(nodes.map(node => [node.id, node])),
    services: {},
    tasks: {},
    tasksByService: {},
    tasksByNode: {},
    tasksBySlot: {},
    raft: {
      members: Object.fromEntries(managers.map(node => [node.id, { address: `${node.status.address}:${RAFT_PORT}` }])),
      leader: managers[0]?.id ?? '',
    },
    leader: emptyMemory(),
  }
}

function buildNode(given: ScenarioMachine | undefined, machine: Machine, index: number, at: number): Node {
  const role = given?.role ?? 'worker'
  return {
    id: machine.nodeId,
    version: 11 + 3 * index,
    createdAt: at,
    updatedAt: at,
    spec: { name: '', labels: given?.labels ?? {}, role, availability: 'active' },
    role,
    description: {
      hostname: machine.name,
      os: 'linux',
      architecture: 'x86_64',
      nanoCpus: machine.nanoCpus,
      memoryBytes: machine.memoryBytes,
      engineVersion: ENGINE_VERSION,
      engineLabels: machine.engineLabels,
    },
    status: { state: 'ready', message: '', address: machine.address },
  }
}

function emptyMemory(): LeaderMemory {
  return {
    starts: {},
    startsAfter: {},
    restarts: {},
    updates: {},
    updateSerial: 1,
    scheduler: { unassigned: {}, bound: {}, nodes: {}, failures: {}, firstCommitAt: null, lastCommitAt: 0 },
    reaper: { slots: {}, tasks: {}, isArmed: false },
    dispatcher: { reports: {}, isFlushSet: false, assignments: {} },
  }
}

/** What `docker swarm init` stores. Source: moby/swarmkit manager/manager.go (defaultClusterObject) */
const CLUSTER_SPEC = {
  Name: 'default',
  Labels: {},
  Orchestration: { TaskHistoryRetentionLimit: 5 },
  Raft: {
    SnapshotInterval: 10_000,
    KeepOldSnapshots: 0,
    LogEntriesForSlowFollowers: 500,
    ElectionTick: 10,
    HeartbeatTick: 1,
  },
  Dispatcher: { HeartbeatPeriod: 5e9 },
  CAConfig: { NodeCertExpiry: 7_776_000e9 },
  TaskDefaults: {},
  EncryptionConfig: { AutoLockManagers: false },
}

function drawBase36(random: RandomState, length: number): string {
  return drawText(random, '0123456789abcdefghijklmnopqrstuvwxyz', length)
}

function drawUuid(random: RandomState): string {
  return [8, 4, 4, 4, 12].map(length => drawText(random, '0123456789abcdef', length)).join('-')
}
