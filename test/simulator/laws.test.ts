import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { MachineAction } from '../../source/rules/machine-action.ts'
import { stateRank } from '../../source/rules/task-state.ts'
import { canCommit } from '../../source/simulator/raft/can-commit.ts'
import { countTask } from '../../source/simulator/scheduler/node-load.ts'
import { load, nextDue } from '../../source/simulator/simulator.ts'
import type { SchedulerMemory, Swarm } from '../../source/simulator/world/swarm.ts'
import { holdsResources, isLive, slotKey, type Task } from '../../source/simulator/world/task.ts'
import type { World } from '../../source/simulator/world/world.ts'
import { driveSwarm, type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

/** How many histories; `RUNS=2000` looks deeper. */
const RUNS = Number(process.env.RUNS ?? 50)

/** Room for two of the larger tasks on a node. */
const TIGHT = 2.5e9

const IMAGES = {
  redis: {},
  slow: { stopMs: 'ignores-signal' },
  flaky: { exit: { chance: 0.5, afterMs: [500, 20_000], code: 1 } },
  nosuch: { isMissing: true },
} as const

/** What a history is made of. Names that do not exist (any more) are refused, which is part of it. */
type Step =
  | {
      readonly do: 'create'
      readonly name: string
      readonly image: string
      readonly replicas: number | 'global'
      readonly order?: string
      readonly memoryBytes?: number
      readonly maxReplicasPerNode?: number
    }
  | { readonly do: 'scale'; readonly name: string; readonly replicas: number }
  | { readonly do: 'image'; readonly name: string; readonly image: string }
  | { readonly do: 'force' | 'remove'; readonly name: string }
  | { readonly do: 'availability'; readonly node: string; readonly availability: string }
  | { readonly do: 'role'; readonly node: string; readonly role: string }
  | { readonly do: 'kill'; readonly choice: number }
  | { readonly do: 'machine'; readonly node: string; readonly action: MachineAction }
  | { readonly do: 'pass'; readonly ms: number }

const name = fc.constantFrom('api', 'web', 'agent')
const image = fc.constantFrom('redis:1', 'redis:2', 'slow:1', 'flaky:1', 'nosuch:1')
const NODES = ['node1', 'node2', 'node3', 'node4', 'node5'] as const
const node = fc.constantFrom(...NODES)
const order = fc.constantFrom('stop-first', 'start-first')
/** As many ways up as down, so that a majority lives most of the time. */
const action = fc.constantFrom('kill', 'poweroff', 'stop', 'start', 'start', 'start', 'cut', 'heal', 'heal')
const replicas = fc.integer({ min: 0, max: 9 })
const memoryBytes = fc.constantFrom(0, 0.5e9, 1e9)
const maxReplicasPerNode = fc.constantFrom(0, 3)

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({
    do: fc.constant('create' as const),
    name,
    image,
    replicas: fc.oneof(replicas, fc.constant('global' as const)),
    order,
    memoryBytes,
    maxReplicasPerNode,
  }),
  fc.record({ do: fc.constant('scale' as const), name, replicas }),
  fc.record({ do: fc.constant('image' as const), name, image }),
  fc.record({ do: fc.constantFrom('force' as const, 'remove' as const), name }),
  fc.record({
    do: fc.constant('availability' as const),
    node,
    availability: fc.constantFrom('active', 'pause', 'drain'),
  }),
  fc.record({ do: fc.constant('role' as const), node, role: fc.constantFrom('manager', 'worker') }),
  fc.record({ do: fc.constant('kill' as const), choice: fc.nat(100) }),
  { weight: 3, arbitrary: fc.record({ do: fc.constant('machine' as const), node, action }) },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.integer({ min: 0, max: 30_000 }) }) },
)

/** There is something to happen to from the beginning. */
const history = fc

  .tuple(image, order, replicas, image, fc.array(step, { minLength: 10, maxLength: 60, size: 'max' }))
  .map(([image, order, replicas, other, steps]): readonly Step[] => [
    { do: 'create', name: 'api', image, replicas, order },
    { do: 'create', name: 'web', image: 'redis:1', replicas: 6 },
    { do: 'create', name: 'agent', image: other, replicas: 'global' },
    ...steps,
  ])
const seed = fc.integer({ min: 0, max: 1_000_000 })

test('whatever happens, the laws of a swarm hold after every step', () => {
  fc.assert(
    fc.property(seed, history, (seed, steps) => {
      const swarm = simulatedSwarm({ seed, images: IMAGES, memoryBytes: TIGHT })
      let before: Readonly<Record<string, Task>> = {}
      for (const step of steps) {
        take(swarm, step)
        const { world } = swarm.simulator
        checkStates(before, world)
        checkSlots(world)
        checkCounts(world)
        checkRoom(world)
        before = { ...onlySwarm(world).tasks }
      }
    }),
    { numRuns: RUNS },
  )
})

test('the same seed and the same calls give the same bytes, also when the world is kept and loaded in between', () => {
  fc.assert(
    fc.property(seed, history, fc.nat(40), (seed, steps, at) => {
      const swarm = simulatedSwarm({ seed, images: IMAGES })
      let other = simulatedSwarm({ seed, images: IMAGES })
      for (const [index, step] of steps.entries()) {
        if (index === at) other = driveSwarm(load(JSON.parse(JSON.stringify(other.simulator.world)) as World))
        assert.deepEqual(take(other, step), take(swarm, step))
      }
      assert.equal(JSON.stringify(other.simulator.world), JSON.stringify(swarm.simulator.world))
    }),
    { numRuns: RUNS / 2 },
  )
})

test('once all nodes are active and images work, every service gets what it wants', () => {
  fc.assert(
    fc.property(seed, history, (seed, steps) => {
      const swarm = simulatedSwarm({ seed, images: IMAGES })
      for (const step of steps) take(swarm, step)
      bringBack(swarm)
      const via = asked(swarm)
      for (const node of NODES) {
        take(swarm, { do: 'role', node, role: 'manager' })
        take(swarm, { do: 'availability', node, availability: 'active' })
      }
      for (const service of via.services()) {
        take(swarm, { do: 'image', name: service.Spec?.Name ?? '', image: 'redis:9' })
      }
      swarm.pass(10 * 60_000)
      for (const { Spec, ServiceStatus } of asked(swarm).services()) {
        assert.equal(ServiceStatus?.RunningTasks, ServiceStatus?.DesiredTasks, Spec?.Name)
        assert.equal(ServiceStatus?.DesiredTasks, Spec?.Mode?.Replicated?.Replicas ?? 5, Spec?.Name)
      }
      checkHistory(swarm.simulator.world)
      const { index } = onlySwarm(swarm.simulator.world)
      swarm.pass(60 * 60_000)
      assert.equal(onlySwarm(swarm.simulator.world).index, index, 'nothing is written any more')
    }),
    { numRuns: RUNS },
  )
})

test('managers agree: one leader a term, no write without a majority, and none is lost that was told to be done', () => {
  fc.assert(
    fc.property(seed, history, (seed, steps) => {
      const swarm = simulatedSwarm({ seed, images: IMAGES })
      const { world } = swarm.simulator
      const leaders = new Map<number, string>()
      const promised = new Map<string, boolean>()
      for (const step of steps) {
        const answer = step.do === 'pass' ? passWatching(step.ms) : take(swarm, step)
        if (step.do === 'create' && isDone(answer, 201)) promised.set(step.name, true)
        if (step.do === 'remove' && isDone(answer, 200)) promised.set(step.name, false)
        checkLeader()
      }
      bringBack(swarm)
      const names = asked(swarm)
        .services()
        .map(({ Spec }) => Spec?.Name)
      for (const [name, isThere] of promised) assert.equal(names.includes(name), isThere, name)

      function passWatching(ms: number): void {
        const until = world.now + ms
        for (let due = nextDue(world); due !== null && due <= until; due = nextDue(world)) {
          const { index, raft } = onlySwarm(world)
          const before = { ...onlySwarm(world).nodes, ...onlySwarm(world).services, ...onlySwarm(world).tasks }
          const couldCommit = canCommit(world, onlySwarm(world))
          const { term } = raft
          swarm.simulator.advance(due)
          const after = onlySwarm(world)
          if (!couldCommit && after.raft.term === term && !canCommit(world, after)) assert.equal(after.index, index)
          for (const [id, { version }] of Object.entries({ ...after.nodes, ...after.services, ...after.tasks })) {
            assert.ok(version >= (before[id]?.version ?? 0))
          }
          checkLeader()
        }
        swarm.pass(until - world.now)
      }

      function checkLeader(): void {
        const { leader, term } = onlySwarm(world).raft
        if (leader === '') return
        assert.equal(leaders.get(term) ?? leader, leader, `two leaders in term ${term}`)
        leaders.set(term, leader)
      }
    }),
    { numRuns: RUNS / 2 },
  )
})

function isDone(answer: unknown, status: number): boolean {
  return typeof answer === 'object' && answer !== null && 'status' in answer && answer.status === status
}

/** All machines are on and connected, and have had time to find a leader. */
function bringBack(swarm: SimulatedSwarm): void {
  for (const node of NODES) {
    take(swarm, { do: 'machine', node, action: 'start' })
    take(swarm, { do: 'machine', node, action: 'heal' })
  }
  swarm.pass(5 * 60_000)
}

/** Through a manager that can write now; says what was answered. Without one it is asked of nobody. */
function take(swarm: SimulatedSwarm, step: Step): unknown {
  if (step.do === 'pass') return swarm.pass(step.ms)
  if (step.do === 'machine') return swarm.simulator.inject({ kind: 'machine', machine: step.node, action: step.action })
  if (!canCommit(swarm.simulator.world, onlySwarm(swarm.simulator.world))) return 'nobody leads'
  const via = asked(swarm)
  if (via.begin('GET', '/nodes')() === null) return 'nobody answers yet'
  const ifThere = (name: string, act: () => unknown) =>
    via.services().some(({ Spec }) => Spec?.Name === name) ? act() : 'not there'
  switch (step.do) {
    case 'create':
      return via.call(
        'POST',
        '/services/create',
        serviceSpec(step.name, { ...step, update: { Parallelism: 2, Order: step.order ?? 'stop-first' } }),
      )
    case 'scale':
      return ifThere(step.name, () =>
        via.changeService(step.name, spec =>
          spec.Mode?.Global === undefined ? { ...spec, Mode: { Replicated: { Replicas: step.replicas } } } : spec,
        ),
      )
    case 'image':
      return ifThere(step.name, () =>
        via.changeService(step.name, spec => ({
          ...spec,
          TaskTemplate: {
            ...spec.TaskTemplate,
            ContainerSpec: { ...spec.TaskTemplate?.ContainerSpec, Image: step.image },
          },
        })),
      )
    case 'force':
      return ifThere(step.name, () =>
        via.changeService(step.name, spec => ({
          ...spec,
          TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: (spec.TaskTemplate?.ForceUpdate ?? 0) + 1 },
        })),
      )
    case 'remove':
      return via.call('DELETE', `/services/${step.name}`)
    case 'availability':
      return via.changeNode(step.node, { Availability: step.availability })
    case 'role':
      return via.changeNode(step.node, { Role: step.role })
    case 'kill': {
      const running = via.tasks().filter(task => task.Status?.State === 'running')
      const task = running[step.choice % Math.max(1, running.length)]
      if (task === undefined) return 'nothing runs'
      return swarm.simulator.inject({ kind: 'kill-container', taskId: task.ID, exitCode: 137 })
    }
  }
}

function asked(swarm: SimulatedSwarm): SimulatedSwarm {
  const { nodes, raft } = onlySwarm(swarm.simulator.world)
  return driveSwarm(swarm.simulator, nodes[raft.leader]?.description.hostname)
}

function onlySwarm(world: World): Swarm {
  const [swarm] = Object.values(world.swarms)
  assert.ok(swarm)
  return swarm
}

/** A task's state never goes back, and it never changes its node or its slot. */
function checkStates(before: Readonly<Record<string, Task>>, world: World): void {
  for (const task of Object.values(onlySwarm(world).tasks)) {
    const was = before[task.id]
    if (was === undefined) continue
    assert.ok(stateRank(task.status.state) >= stateRank(was.status.state), `${was.status.state} → ${task.status.state}`)
    assert.ok(stateRank(task.desired) >= stateRank(was.desired), `${was.desired} → ${task.desired}`)
    assert.equal(task.slot, was.slot)
    if (was.nodeId !== '') assert.equal(task.nodeId, was.nodeId)
  }
}

/** With stop-first updates, never are two tasks of a slot meant to be there. */
function checkSlots(world: World): void {
  const live = new Map<string, Task>()
  for (const task of Object.values(onlySwarm(world).tasks)) {
    const update = onlySwarm(world).services[task.serviceId]?.spec.UpdateConfig
    if (!isLive(task) || update?.Order === 'start-first') continue
    assert.equal(live.get(slotKey(task)), undefined, `two live tasks in ${task.serviceName}.${task.slot}`)
    live.set(slotKey(task), task)
  }
}

/** No node holds more than it has, and no more tasks of a service than may be there. */
function checkRoom(world: World): void {
  const { nodes, tasks } = onlySwarm(world)
  for (const { id, description } of Object.values(nodes)) {
    const here = Object.values(tasks).filter(task => task.nodeId === id && holdsResources(task))
    const reserved = here.reduce((sum, { spec }) => sum + (spec.Resources?.Reservations?.MemoryBytes ?? 0), 0)
    assert.ok(reserved <= description.memoryBytes, `${description.hostname} holds ${reserved}`)
    for (const [serviceId, own] of Map.groupBy(here.filter(isLive), task => task.serviceId)) {
      const most = own[0]?.spec.Placement?.MaxReplicas ?? 0
      assert.ok(most === 0 || own.length <= most, `${own.length} of ${serviceId} on ${description.hostname}`)
    }
  }
}

/** Once all is quiet no slot keeps more than the limit, the current task counted in. */
function checkHistory(world: World): void {
  const { cluster, tasks } = onlySwarm(world)
  const limit = cluster.spec.Orchestration?.TaskHistoryRetentionLimit ?? 0
  for (const [slot, own] of Map.groupBy(Object.values(tasks), slotKey)) {
    assert.ok(own.length <= limit, `${own.length} tasks in slot ${slot}`)
  }
}

/** What is kept up change by change is what counting it all would give. */
function checkCounts(world: World): void {
  const swarm = onlySwarm(world)
  const counted: SchedulerMemory = { ...swarm.leader.scheduler, nodes: {} }
  for (const task of Object.values(swarm.tasks)) {
    countTask(counted, task, 1)
    assert.ok(swarm.tasksByService[task.serviceId]?.[task.id])
    assert.ok(swarm.tasksBySlot[slotKey(task)]?.[task.id])
    if (task.nodeId !== '') assert.ok(swarm.tasksByNode[task.nodeId]?.[task.id])
  }
  for (const [nodeId, load] of Object.entries(swarm.leader.scheduler.nodes)) {
    const empty = { nanoCpus: 0, memoryBytes: 0, activeTasks: 0, activeByService: {} }
    assert.deepEqual(load, counted.nodes[nodeId] ?? empty)
  }
  const held = Object.values(swarm.tasks).filter(holdsResources)
  assert.ok(held.every(task => swarm.nodes[task.nodeId] !== undefined))
  assert.deepEqual(swarm.changes, [])
}
