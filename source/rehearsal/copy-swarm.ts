import type { ApiReading } from '../api/info.ts'
import { adoptTask } from '../simulator/agent/agent.ts'
import { initialiseRoles } from '../simulator/control-api/initialise-roles.ts'
import { initialiseComponents } from '../simulator/initialise-components.ts'
import { reviewRaft } from '../simulator/raft/review-raft.ts'
import { behaviourKey, findBehaviour, type ImageBehaviour, WELL_BEHAVED } from '../simulator/world/image.ts'
import { applyLabels } from '../simulator/world/image-field.ts'
import { machineOfNode } from '../simulator/world/machine.ts'
import { DEFAULT_CLUSTER_SPEC, newSwarm } from '../simulator/world/new-swarm.ts'
import { seedRandom } from '../simulator/world/random.ts'
import { tasksOfNode } from '../simulator/world/store.ts'
import type { Swarm } from '../simulator/world/swarm.ts'
import { isTerminal, slotKey, type Task } from '../simulator/world/task.ts'
import { USUAL_IMAGES } from '../simulator/world/usual-images.ts'
import type { World } from '../simulator/world/world.ts'
import { countIn, objectIn } from '../swarm/read-field.ts'
import { clockOf } from './clock.ts'
import { copyNodes, SWARM_KEY } from './copy-nodes.ts'
import { copyReferences } from './copy-references.ts'
import { copyServices } from './copy-services.ts'
import { copyTasks } from './copy-tasks.ts'
import { imagesOf, presumeBehaviours } from './presume-behaviours.ts'
import { newRecord } from './records.ts'
import type { Seen } from './seen.ts'

/** A simulated swarm may be copied: with the same seed it would give new tasks the IDs that it has given already. */
const UNLIKE_ANY_SIMULATION = 0x2e_4e_a2_5e

/** A world that is as the reading says, and goes on from there; its time 0 is the moment of the reading. */
export type Copy = {
  readonly world: World
  readonly swarm: Swarm
  /** What the managers had stored. */
  readonly first: Pick<Swarm, 'nodes' | 'services' | 'tasks' | 'raft'>
  /** Nothing happens in it by itself. */
  readonly isAtRest: boolean
}

/**
 * Copies a swarm into a simulated world: what its managers have stored, what its leader must have in mind, and machines
 * whose agents are at work on the tasks. Each seed is another way in which chance may fall from here on.
 */
export function copySwarm(reading: ApiReading, seen: Seen, seed: number): Copy {
  const clock = clockOf(reading)
  const random = seedRandom(seed + UNLIKE_ANY_SIMULATION)
  const copied = copyNodes(reading.nodes, clock)
  const services = copyServices(reading.services, clock)
  const tasks = copyTasks(reading.tasks, services, clock)
  const images = { ...USUAL_IMAGES, ...saidOfImages(seen) }
  const swarm: Swarm = {
    ...newSwarm(random, SWARM_KEY, 0, clock.epochMs),
    ...copyReferences(services, reading.tasks),
    index: indexAfter([copied.nodes, services, tasks]),
    nodes: copied.nodes,
    services,
    tasks: newRecord(),
    tasksByService: newRecord(),
    tasksByNode: newRecord(),
    tasksBySlot: newRecord(),
    raft: copied.raft,
  }
  swarm.cluster = { ...swarm.cluster, spec: clusterSpecOf(reading) }
  enterTasks(swarm, Object.values(tasks))
  const world: World = {
    scenario: '',
    epochMs: clock.epochMs,
    now: 0,
    random,
    timers: [],
    timerSerial: 0,
    machines: copied.machines,
    swarms: newRecord([[SWARM_KEY, swarm]]),
    swarmSerial: 1,
    images,
    starts: newRecord(),
    behaviours: presumeBehaviours(Object.values(tasks), { services, images, seen }),
    namesakes: copied.namesakes,
    lots: { choices: [], hasDrawn: false },
    load: {},
    script: [],
    calls: {},
    callSerial: 0,
    continuedCalls: {},
    streams: {},
    streamSerial: 0,
    logStreams: {},
    deliveries: [],
  }
  const first = { nodes: { ...swarm.nodes }, services: { ...services }, tasks, raft: { ...swarm.raft } }
  wakeAgents(world, swarm)
  wakeLeader(world, swarm)
  return { world, swarm, first, isAtRest: world.timers.length === 0 && swarm.changes.length === 0 }
}

function saidOfImages({ images = {} }: Seen): Record<string, ImageBehaviour> {
  return Object.fromEntries(
    Object.entries(images).map(([name, behaviour]) => {
      const said = Object.keys(behaviour) as (keyof ImageBehaviour)[]
      return [name, { ...findBehaviour(USUAL_IMAGES, name), ...behaviour, said }]
    }),
  )
}

/** Above every version that was read. */
function indexAfter(tables: readonly Readonly<Record<string, { readonly version: number }>>[]): number {
  let last = 0
  for (const table of tables) for (const id in table) last = Math.max(last, table[id]?.version ?? 0)
  return last + 1
}

/** What of it decides anything here: how much history is kept, and how soon a node is missed. */
function clusterSpecOf({ info }: ApiReading): Swarm['cluster']['spec'] {
  const { Orchestration, Dispatcher } = objectIn(objectIn(objectIn(info.Swarm).Cluster).Spec)
  const limit = objectIn(Orchestration).TaskHistoryRetentionLimit
  const period = countIn(objectIn(Dispatcher).HeartbeatPeriod)
  return {
    ...DEFAULT_CLUSTER_SPEC,
    ...(Number.isInteger(limit) && { Orchestration: { TaskHistoryRetentionLimit: limit as number } }),
    ...(period > 0 && { Dispatcher: { HeartbeatPeriod: period } }),
  }
}

/** In the order in which they were made. */
function enterTasks(swarm: Swarm, tasks: readonly Task[]): void {
  for (const task of tasks.toSorted((one, other) => one.createdAt - other.createdAt)) {
    swarm.tasks[task.id] = task
    enter(swarm.tasksByService, task.serviceId, task.id)
    enter(swarm.tasksBySlot, slotKey(task), task.id)
    if (task.nodeId !== '') enter(swarm.tasksByNode, task.nodeId, task.id)
  }
}

function enter(lists: Swarm['tasksByNode'], key: string, id: string): void {
  const list = lists[key] ?? newRecord<true>()
  lists[key] = list
  list[id] = true
}

/** Each is at work on what has not ended there. What is not in touch with anybody is left as it is. */
function wakeAgents(world: World, swarm: Swarm): void {
  const isQuiet = quietTasks(world)
  for (const nodeId of Object.keys(swarm.nodes)) {
    const machine = machineOfNode(world, swarm, nodeId)
    const tasks = tasksOfNode(swarm, nodeId)
    if (machine === undefined || machine.power !== 'on') continue
    for (const image of imagesOf(tasks)) machine.images[image] = true
    const sleeping = newRecord<true>()
    for (const task of tasks) {
      if (task.status.state === 'running' && task.desired === 'running' && isQuiet(task)) sleeping[task.id] = true
      else if (hasBegun(task) && !isTerminal(task)) adoptTask(world, machine, task)
    }
    machine.sleeping = sleeping
  }
}

const hasBegun = ({ status }: Task): boolean => status.state !== 'new' && status.state !== 'pending'

/** Whether a task that runs will go on doing so, once it is left alone. */
function quietTasks({ behaviours = {} }: World): (task: Task) => boolean {
  const known = new Map<string, boolean>()
  return task => {
    const key = behaviourKey(task)
    const { Labels } = task.spec.ContainerSpec ?? {}
    const isQuiet =
      known.get(key) ?? isQuietImage(applyLabels(behaviours[key] ?? WELL_BEHAVED, { ...task.serviceLabels, ...Labels }))
    known.set(key, isQuiet)
    return isQuiet
  }
}

const isQuietImage = ({ exit, unhealthy, memoryBytes }: ImageBehaviour): boolean =>
  exit === null && unhealthy === null && memoryBytes === 0

/**
 * The leader works out from the store what it must have in mind, as a new one would; the nodes that it thinks well of stay
 * so. Failures on a node are remembered for five minutes.
 */
function wakeLeader(world: World, swarm: Swarm): void {
  const { failures } = swarm.leader.scheduler
  for (const { serviceId, specVersion, nodeId, isBound, status } of Object.values(swarm.tasks)) {
    if (isBound || nodeId === '' || !['failed', 'rejected'].includes(status.state)) continue
    const byNode = failures[`${serviceId} ${specVersion}`] ?? newRecord<number[]>()
    failures[`${serviceId} ${specVersion}`] = byNode
    byNode[nodeId] = [...(byNode[nodeId] ?? []), status.at]
  }
  initialiseComponents(world, swarm)
  initialiseRoles(world, swarm)
  reviewRaft(world, swarm)
}
