import assert from 'node:assert/strict'
import { buildWorld } from '../../source/simulator/scenarios/build-world.ts'
import { load, type Simulator } from '../../source/simulator/simulator.ts'
import { type ImageBehaviour, WELL_BEHAVED } from '../../source/simulator/world/image.ts'
import type {
  Node,
  NodeAvailability,
  NodeDescription,
  NodeRole,
  NodeStatus,
} from '../../source/simulator/world/node.ts'
import type { Swarm } from '../../source/simulator/world/swarm.ts'
import type { World } from '../../source/simulator/world/world.ts'
import { driveSwarm, EPOCH_MS, emptyScenario, type SimulatedSwarm } from '../helpers/simulated-swarm.ts'
import { fillStore, type PresetService, type PresetTask } from './preset.ts'

export type StageOptions = {
  readonly nodes?: Readonly<Record<string, StageNode>>
  /** One of the case's own nodes that leads, instead of a manager beside them. */
  readonly leader?: string
  readonly historyLimit?: number
  readonly images?: Readonly<Record<string, Partial<ImageBehaviour>>>
  readonly services?: Readonly<Record<string, PresetService>>
  readonly tasks?: readonly PresetTask[]
  readonly seed?: number
}

export type StageNode = {
  readonly role?: NodeRole
  readonly status?: NodeStatus['state']
  readonly availability?: NodeAvailability
  readonly labels?: Readonly<Record<string, string>>
  readonly memoryBytes?: number
  readonly cpus?: number
  /** Whatever else its engine says of itself. */
  readonly description?: Partial<NodeDescription>
  /** Is no node yet: `swarm.join` makes it one. */
  readonly joins?: 'later'
}

/** What everything on the stage stands on. */
export type Ground = {
  readonly simulator: Simulator
  readonly world: World
  readonly swarm: Swarm
  readonly api: SimulatedSwarm
  /** A verb that changes nothing: what was written by hand is reacted to. */
  readonly settle: () => void
  /** Of a node, also of one that has been removed. */
  readonly idOf: (node: string) => string
  /** The name of a node; its ID when it has none. */
  readonly nameOf: (nodeId: string) => string
  /** Those that join later. */
  readonly absent: ReadonlyMap<string, Node>
}

/** Nothing takes time but the stop. */
export const INSTANT: ImageBehaviour = {
  ...WELL_BEHAVED,
  pullMs: [0, 0],
  createMs: [0, 0],
  startMs: [0, 0],
  stopMs: [100, 100],
}

/** The cluster before anything is done, its store filled by hand where the case has it so. */
export function buildStage(options: StageOptions): Ground {
  const { leader = 'm', nodes = {}, historyLimit } = options
  const simulator = load(buildMachines(options))
  const { world } = simulator
  const [swarm] = Object.values(world.swarms)
  assert.ok(swarm)
  const names = new Map(Object.values(swarm.nodes).map(node => [node.id, node.description.hostname]))
  const ids = new Map([...names].map(([id, name]) => [name, id]))
  const ground: Ground = {
    simulator,
    world,
    swarm,
    api: driveSwarm(simulator, leader),
    settle: () => simulator.handle({ machine: leader, method: 'GET', path: '/_ping', headers: {}, body: '' }),
    idOf: name => ids.get(name) ?? name,
    nameOf: id => names.get(id) ?? id,
    absent: prepareNodes(world, swarm, nodes),
  }
  if (historyLimit !== undefined) {
    const Orchestration = { TaskHistoryRetentionLimit: historyLimit }
    swarm.cluster = { ...swarm.cluster, spec: { ...swarm.cluster.spec, Orchestration } }
  }
  fillStore(ground, options.services ?? {}, options.tasks ?? [])
  return ground
}

function buildMachines({ nodes = {}, leader, images = {}, seed = 1 }: StageOptions): World {
  const plain = emptyScenario({ managers: 1, workers: 0 })
  const [template] = plain.machines
  assert.ok(template)
  const machine = (name: string, { role = 'worker', cpus = 64, memoryBytes = 64e9, labels = {} }: StageNode) => ({
    ...template,
    name,
    role: name === leader ? ('manager' as const) : role,
    nanoCpus: cpus * 1e9,
    memoryBytes,
    labels,
  })
  const named = Object.entries(nodes).map(([name, node]) => machine(name, node))
  const leading = named.filter(({ name }) => name === leader)
  const others = named.filter(({ name }) => name !== leader)
  const beside = { ...machine('m', { role: 'manager' }), availability: 'drain' as const }
  const machines = leader === undefined ? [beside, ...named] : [...leading, ...others]
  const behaviours = Object.entries(images).map(([name, image]) => [name, { ...INSTANT, ...image }])
  return buildWorld({ ...plain, machines, images: { v: INSTANT, ...Object.fromEntries(behaviours) } }, seed, EPOCH_MS)
}

/** Gives nodes what no machine can be built with; says which are no nodes yet. */
function prepareNodes(
  world: World,
  swarm: Swarm,
  nodes: Readonly<Record<string, StageNode>>,
): ReadonlyMap<string, Node> {
  const absent = new Map<string, Node>()
  for (const node of Object.values(swarm.nodes)) {
    const { hostname } = node.description
    const given = nodes[hostname]
    if (given === undefined) continue
    const { status = 'ready', availability = 'active', description, joins } = given
    const prepared = {
      ...node,
      spec: { ...node.spec, availability },
      status: { ...node.status, state: status },
      description: { ...node.description, ...description },
    }
    swarm.nodes[node.id] = prepared
    const machine = world.machines[hostname]
    if (status !== 'ready' && machine !== undefined) machine.isCut = true
    if (joins !== 'later') continue
    absent.set(hostname, prepared)
    delete swarm.nodes[node.id]
  }
  return absent
}
