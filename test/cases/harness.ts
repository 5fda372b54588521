import assert from 'node:assert/strict'
import type { ApiService, ApiServiceSpec } from '../../source/api/service.ts'
import { compareNaturally } from '../../source/rules/natural-order.ts'
import type { TaskState } from '../../source/rules/task-state.ts'
import { convertServiceSpec } from '../../source/simulator/control-api/service-spec.ts'
import { buildWorld } from '../../source/simulator/scenarios/build-world.ts'
import { load, nextDue, type Simulator } from '../../source/simulator/simulator.ts'
import { type ImageBehaviour, WELL_BEHAVED } from '../../source/simulator/world/image.ts'
import type { Machine } from '../../source/simulator/world/machine.ts'
import type {
  Node,
  NodeAvailability,
  NodeDescription,
  NodeRole,
  NodeStatus,
} from '../../source/simulator/world/node.ts'
import { isJob, type Service } from '../../source/simulator/world/service.ts'
import { tasksOfService, transact } from '../../source/simulator/world/store.ts'
import type { Swarm } from '../../source/simulator/world/swarm.ts'
import type { DesiredState, Task } from '../../source/simulator/world/task.ts'
import { type Answer, driveSwarm, EPOCH_MS, emptyScenario, type SimulatedSwarm } from '../helpers/simulated-swarm.ts'
import { resumeAgents, startLeader } from './leader-start.ts'
import { type PresetService, type PresetTask, presetTask } from './preset.ts'
import { changeSpec, newSpec, type ServiceOptions } from './service-spec.ts'

/**
 * The stage of a case of Swarm's own tests. How a case is written:
 *
 *     test('3. Scale down', () => {
 *       const swarm = stage({ nodes: { n1: {}, n2: {} } })          // the cluster before
 *       swarm.create('api', { replicas: 3 })
 *       swarm.pass(1)                                               // seconds
 *       swarm.update('api', { replicas: 1 })                        // what is done
 *       swarm.expect('api', ['api.1@* Running/Running', 'api.2@* Remove/Running', 'api.3@* Remove/Running'])
 *     })
 *
 * - A row is `service.slot@node Desired/State`, for a task without a node `service.slot Desired/State`, for one of a
 *   global service `service@node Desired/State`. Rows come as `docker service ps` prints them: by slot, newest first.
 *   `*` stands for anything; a row that is expected with `"an error"` behind it has exactly that error. `expect` wants
 *   all tasks of the service, no more and no fewer.
 * - Machines have room for everything, images are there, containers start at once, run until they are told to stop
 *   and then stop in 0.1 s. `images` gives an image another behaviour, `swarm.image` changes it for containers to come,
 *   `swarm.fates('v:2', ['fails', 'runs'])` says for one container after the other what becomes of it the moment it has
 *   started. `swarm.fail('web.1')` and `swarm.finish('web.1')` end the container that runs in a slot.
 * - The leader is a manager of its own, `m`, drained so that it takes no part in anything. It is a node like any other
 *   for explanations ("2 nodes not available"): where those count, `leader: 'n1'` lets one of the case's nodes lead.
 * - `services` and `tasks` fill the store by hand (in the cases: "preset"); nothing happens before
 *   `swarm.startLeader()`, which is what a new leader does. `swarm.insert` puts a task there later.
 * - A node that is `down` or `unknown` has its cable pulled, so that its containers run on; `swarm.node` changes its
 *   status at once, without the wait for heartbeats, and `ready` puts the cable back.
 */
export function stage(options: StageOptions = {}): Stage {
  const simulator = load(buildStage(options))
  const { world } = simulator
  const [swarm] = Object.values(world.swarms)
  assert.ok(swarm)
  const api = driveSwarm(simulator, options.leader ?? 'm')
  const names = new Map(Object.values(swarm.nodes).map(node => [node.id, node.description.hostname]))
  const idOf = (name: string) => [...names].find(([, known]) => known === name)?.[0] ?? name
  const absent = new Map<string, Node>()
  const fates = new Map<string, Fate[]>()
  const met = new Set<string>()

  for (const [name, node] of Object.entries(options.nodes ?? {})) prepareNode(name, node)
  if (options.historyLimit !== undefined) limitHistory(swarm, options.historyLimit)
  for (const [name, preset] of Object.entries(options.services ?? {})) presetService(name, preset)
  for (const preset of options.tasks ?? []) insertTask(preset)
  swarm.changes = []

  function prepareNode(name: string, given: StageNode): void {
    const id = idOf(name)
    const node = swarm?.nodes[id]
    const machine = world.machines[name]
    assert.ok(swarm && node && machine)
    const { status = 'ready', availability = 'active', labels = {}, description } = given
    const prepared = {
      ...node,
      spec: { ...node.spec, availability, labels },
      status: { ...node.status, state: status },
      description: { ...node.description, ...description },
    }
    swarm.nodes[id] = prepared
    if (status !== 'ready') machine.isCut = true
    if (given.joins !== 'later') return
    absent.set(name, prepared)
    delete swarm.nodes[id]
  }

  /** As the engine stores it, but unchecked, and nobody has done anything about it yet. */
  function presetService(name: string, preset: PresetService): void {
    assert.ok(swarm)
    const { specVersion = 0, iteration = 0, updateStatus = null, ...given } = preset
    const spec = convertServiceSpec(newSpec(name, given))
    assert.ok(spec.ok)
    const job = isJob({ spec: spec.value }) ? { iteration, lastExecution: world.now } : null
    const fields = { specVersion, previous: null, updateStatus, job, ports: [], virtualIps: [] }
    const id = `${name}-`.padEnd(25, '0')
    transact(world, swarm, transaction => transaction.createService({ id, spec: spec.value, ...fields }))
  }

  function insertTask(preset: PresetTask): void {
    assert.ok(swarm)
    const task = presetTask(swarm, preset, world.now, idOf)
    swarm.tasks[task.id] = task
    // The store indexes what is created, and keeps the age that it is given afterwards.
    transact(world, swarm, transaction => transaction.createTask(task))
    swarm.tasks[task.id] = task
    const machine = world.machines[names.get(task.nodeId) ?? '']
    if (machine !== undefined) resumeAgents(world, machine, task)
  }

  function service(name: string): Service {
    const found = Object.values(swarm?.services ?? {}).find(({ spec }) => spec.Name === name)
    assert.ok(found, `There is no service ${name}`)
    return found
  }

  function tasksOf(name: string): readonly Task[] {
    assert.ok(swarm)
    return Object.values(swarm.tasks).filter(({ serviceName }) => serviceName === name)
  }

  function placeOf(task: Task): string {
    const node = names.get(task.nodeId) ?? task.nodeId
    const slot = task.isBound ? '' : `.${task.slot}`
    return `${task.serviceName}${slot}${node === '' ? '' : `@${node}`}`
  }

  function sorted(name: string): readonly Task[] {
    return tasksOf(name)
      .toReversed()
      .toSorted(
        (one, other) =>
          one.slot - other.slot ||
          (one.slot === 0 ? compareNaturally(placeOf(one), placeOf(other)) : 0) ||
          other.createdAt - one.createdAt,
      )
  }

  /** The newest task at `web.1`, `web.1@n1` or `glb@n1` that is in that state, or in any. */
  function find(place: string, state?: TaskState): Task {
    const name = place.replace(/[.@].*$/, '')
    const found = sorted(name).find(
      task =>
        (placeOf(task) === place || placeOf(task).startsWith(`${place}@`)) &&
        (state === undefined || task.status.state === state),
    )
    assert.ok(found, `No task ${place} ${state ?? ''} among ${JSON.stringify(rows(name))}`)
    return found
  }

  function rows(name: string): readonly string[] {
    return sorted(name).map(task => `${placeOf(task)} ${capitalise(task.desired)}/${capitalise(task.status.state)}`)
  }

  function end(place: string, exitCode: number): void {
    const task = find(place, 'running')
    assert.equal(simulator.inject({ kind: 'kill-container', taskId: task.id, exitCode }), null)
    pass(0.11)
  }

  function pass(seconds: number): void {
    const until = world.now + Math.round(seconds * 1_000)
    for (let due = nextDue(world); due !== null && due <= until; due = nextDue(world)) {
      api.pass(due - world.now)
      meetFates()
    }
    api.pass(until - world.now)
  }

  /** One look at each container that its agent has started: what is its fate? */
  function meetFates(): void {
    if (fates.size === 0) return
    for (const { tasks } of Object.values(world.machines)) {
      for (const { taskId, status } of Object.values(tasks)) {
        if (status.state === 'running' && !met.has(taskId)) meetFate(taskId)
      }
    }
  }

  function meetFate(taskId: string): void {
    met.add(taskId)
    const fate = fates.get(swarm?.tasks[taskId]?.spec.ContainerSpec?.Image ?? '')?.shift()
    if (fate === undefined || fate === 'runs') return
    simulator.inject({ kind: 'kill-container', taskId, exitCode: fate === 'fails' ? 1 : 0 })
  }

  function act(answer: Answer): Answer {
    assert.ok(answer.status < 300, answer.body)
    return answer
  }

  function changeStatus(name: string, state: NodeStatus['state']): void {
    assert.ok(swarm)
    const node = swarm.nodes[idOf(name)]
    const machine = world.machines[name]
    assert.ok(node && machine)
    machine.isCut = state !== 'ready'
    transact(world, swarm, transaction => transaction.updateNode(node.id, { status: { ...node.status, state } }))
    if (state === 'ready') resumeAgents(world, machine)
    settleNow()
  }

  /** A verb that changes nothing: what was written by hand is reacted to. */
  function settleNow(): void {
    simulator.handle({ machine: options.leader ?? 'm', method: 'GET', path: '/_ping', headers: {}, body: '' })
  }

  return {
    simulator,
    swarm,
    api,
    startLeader: () => {
      startLeader(world, swarm)
      settleNow()
    },
    stopLeading: () => {
      swarm.raft.term++
    },
    pass,
    passUntil: (isThere, limit = 600) => {
      const until = world.now + limit * 1_000
      while (!isThere()) {
        assert.ok(world.now < until, 'This never comes')
        pass(0.05)
      }
    },
    create: (name, given) => {
      act(api.call('POST', '/services/create', newSpec(name, given)))
    },
    tryUpdate: (name, given) => api.changeService(name, spec => changeSpec(spec, given)),
    update: (name, given) => {
      act(api.changeService(name, spec => changeSpec(spec, given)))
    },
    force: name => {
      const times = service(name).spec.TaskTemplate?.ForceUpdate ?? 0
      act(api.changeService(name, spec => changeSpec(spec, { force: times + 1 })))
    },
    updateWithCredentials: (name, token) => {
      const { id, version, spec } = service(name)
      const reply = simulator.handle({
        machine: options.leader ?? 'm',
        method: 'POST',
        path: `/services/${id}/update?version=${version}`,
        headers: { 'content-type': 'application/json', 'x-registry-auth': token },
        body: JSON.stringify(spec),
      })
      assert.ok(reply.kind === 'answer' && reply.status === 200)
    },
    rollBack: name => {
      const { id, version, spec } = service(name)
      return api.call('POST', `/services/${id}/update?rollback=previous&version=${version}`, spec)
    },
    remove: name => {
      act(api.call('DELETE', `/services/${name}`))
    },
    node: (name, { status, availability, labels, role }) => {
      if (status !== undefined) changeStatus(name, status)
      if (availability === undefined && labels === undefined && role === undefined) return
      act(
        api.changeNode(idOf(name), {
          ...(availability && { Availability: availability }),
          ...(labels && { Labels: labels }),
          ...(role && { Role: role }),
        }),
      )
    },
    describe: (name, description) => {
      const node = swarm.nodes[idOf(name)]
      assert.ok(node)
      transact(world, swarm, transaction =>
        transaction.updateNode(node.id, { description: { ...node.description, ...description } }),
      )
      settleNow()
    },
    join: name => {
      const node = absent.get(name)
      assert.ok(node, `${name} does not join later`)
      transact(world, swarm, transaction => transaction.createNode(node))
      settleNow()
    },
    removeNode: (name, force = false) => api.call('DELETE', `/nodes/${idOf(name)}${force ? '?force=1' : ''}`),
    limitHistory: limit => {
      transact(world, swarm, transaction =>
        transaction.updateCluster({
          spec: { ...swarm.cluster.spec, Orchestration: { TaskHistoryRetentionLimit: limit } },
        }),
      )
      settleNow()
    },
    insert: preset => {
      insertTask(preset)
      settleNow()
    },
    image: (name, behaviour) => {
      const images = world.images as Record<string, ImageBehaviour>
      images[name] = { ...INSTANT, ...behaviour }
    },
    fates: (image, list) => {
      fates.set(image, [...list])
    },
    finishTask: id => {
      assert.equal(simulator.inject({ kind: 'kill-container', taskId: id, exitCode: 0 }), null)
    },
    fail: (place, exitCode = 1) => end(place, exitCode),
    finish: place => end(place, 0),
    idOf,
    service,
    inspect: name => api.call('GET', `/services/${name}`).value as ApiService,
    find,
    tasks: sorted,
    rows,
    expect: (name, expected) => {
      const found = sorted(name).map((task, index) => {
        const row = rows(name)[index] ?? ''
        return expected[index]?.includes('"') ? `${row} ${JSON.stringify(task.status.error)}` : row
      })
      assert.deepEqual(
        found.map((row, index) => (fits(expected[index], row) ? expected[index] : row)),
        expected,
      )
    },
    replicas: name => {
      const counts = api.services().find(({ Spec }) => Spec?.Name === name)?.ServiceStatus
      return `${counts?.RunningTasks}/${counts?.DesiredTasks}`
    },
    counts: name => {
      const counts = api.services().find(({ Spec }) => Spec?.Name === name)?.ServiceStatus
      return { running: counts?.RunningTasks, desired: counts?.DesiredTasks, completed: counts?.CompletedTasks }
    },
    updateState: name => service(name).updateStatus?.state ?? null,
    updateMessage: name => withoutId(service(name).updateStatus?.message ?? ''),
    runningOn: name =>
      countBy(
        tasksOfService(swarm, service(name).id).filter(({ status }) => status.state === 'running'),
        task => names.get(task.nodeId) ?? task.nodeId,
      ),
  }
}

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

/** What becomes of a container the moment that it has started. */
export type Fate = 'runs' | 'fails' | 'finishes'

export type Stage = {
  readonly simulator: Simulator
  readonly swarm: Swarm
  readonly api: SimulatedSwarm
  readonly startLeader: () => void
  /** Whatever the leader had in hand or in mind is void from now on. */
  readonly stopLeading: () => void
  readonly pass: (seconds: number) => void
  readonly passUntil: (isThere: () => boolean, limitSeconds?: number) => void
  readonly create: (name: string, options: ServiceOptions) => void
  readonly update: (name: string, options: ServiceOptions) => void
  /** As `update`, where it may be refused. */
  readonly tryUpdate: (name: string, options: ServiceOptions) => Answer
  readonly force: (name: string) => void
  /** Changes nothing, but comes with other credentials for the registry. */
  readonly updateWithCredentials: (name: string, token: string) => void
  readonly rollBack: (name: string) => Answer
  readonly remove: (name: string) => void
  readonly node: (name: string, change: Pick<StageNode, 'status' | 'availability' | 'labels' | 'role'>) => void
  /** The node's engine says something else of itself than before. */
  readonly describe: (name: string, description: Partial<NodeDescription>) => void
  readonly join: (name: string) => void
  readonly removeNode: (name: string, force?: boolean) => Answer
  readonly limitHistory: (limit: number) => void
  readonly insert: (task: PresetTask) => void
  readonly image: (name: string, behaviour: Partial<ImageBehaviour>) => void
  readonly fates: (image: string, fates: readonly Fate[]) => void
  /** As `finish`, where several tasks run in one place. */
  readonly finishTask: (taskId: string) => void
  readonly fail: (place: string, exitCode?: number) => void
  readonly finish: (place: string) => void
  /** Of a node, also of one that has been removed. */
  readonly idOf: (node: string) => string
  readonly service: (name: string) => Service
  readonly inspect: (name: string) => ApiService
  readonly find: (place: string, state?: TaskState) => Task
  readonly tasks: (service: string) => readonly Task[]
  readonly rows: (service: string) => readonly string[]
  readonly expect: (service: string, rows: readonly string[]) => void
  /** `2/3`, as `docker service ls` counts. */
  readonly replicas: (service: string) => string
  readonly counts: (service: string) => {
    readonly running: number | undefined
    readonly desired: number | undefined
    readonly completed: number | undefined
  }
  readonly updateState: (service: string) => string | null
  /** With `<id>` for the ID of a task. */
  readonly updateMessage: (service: string) => string
  /** Running tasks by node. */
  readonly runningOn: (service: string) => Readonly<Record<string, number>>
}

export type { ApiServiceSpec, DesiredState, PresetTask, ServiceOptions }

/** Nothing takes time but the stop. */
const INSTANT: ImageBehaviour = {
  ...WELL_BEHAVED,
  pullMs: [0, 0],
  createMs: [0, 0],
  startMs: [0, 0],
  stopMs: [100, 100],
}

function buildStage({ nodes = {}, leader, images = {}, seed = 1 }: StageOptions) {
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
  const machines = leader === undefined ? [machine('m', { role: 'manager' }), ...named] : [...leading, ...others]
  const behaviours = Object.fromEntries(Object.entries(images).map(([name, image]) => [name, { ...INSTANT, ...image }]))
  const world = buildWorld({ ...plain, machines, images: { v: INSTANT, ...behaviours } }, seed, EPOCH_MS)
  for (const swarm of Object.values(world.swarms)) {
    for (const node of Object.values(swarm.nodes)) {
      if (node.description.hostname !== 'm') continue
      swarm.nodes[node.id] = { ...node, spec: { ...node.spec, availability: 'drain' } }
    }
  }
  return world
}

function limitHistory(swarm: Swarm, limit: number): void {
  const { cluster } = swarm
  swarm.cluster = { ...cluster, spec: { ...cluster.spec, Orchestration: { TaskHistoryRetentionLimit: limit } } }
}

function fits(pattern: string | undefined, row: string): boolean {
  if (pattern === undefined) return false
  const parts = pattern.split('*').map(part => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`).test(row)
}

function withoutId(message: string): string {
  return message.replace(/task \w{25}$/, 'task <id>')
}

function capitalise(word: string): string {
  return `${word.charAt(0).toUpperCase()}${word.slice(1)}`
}

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const item of items) counts[keyOf(item)] = (counts[keyOf(item)] ?? 0) + 1
  return counts
}

export type { Machine }
