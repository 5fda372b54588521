import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiServiceSpec } from '../../../source/api/service.ts'
import { type SimulatedSwarm, type SwarmOptions, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const NEVER_AGAIN = { Condition: 'none' }

test('an image is pulled once a machine, and who comes second waits for the first', () => {
  const swarm = oneNode({ image: { pullMs: [10_000, 10_000] } })
  swarm.create(serviceSpec('one', { image: 'image:1' }))
  swarm.pass(5_000)
  swarm.create(serviceSpec('two', { image: 'image:1' }))
  swarm.pass(5_000)
  assert.deepEqual([stateOf(swarm, 'one'), stateOf(swarm, 'two')], ['preparing', 'preparing'])
  swarm.pass(2_000)
  assert.deepEqual([stateOf(swarm, 'one'), stateOf(swarm, 'two')], ['running', 'running'])
  swarm.create(serviceSpec('three', { image: 'image:1' }))
  swarm.pass(2_000)
  assert.equal(stateOf(swarm, 'three'), 'running')
})

test('an image that no registry has is rejected, unless it is on the machine', () => {
  const swarm = oneNode({ image: { isMissing: true } })
  swarm.create(serviceSpec('web', { image: 'image', restart: NEVER_AGAIN }))
  swarm.pass(2_000)
  assert.equal(errorOf(swarm, 'web'), 'No such image: image:latest')
  for (const machine of Object.values(swarm.simulator.world.machines)) machine.images['image:latest'] = true
  swarm.create(serviceSpec('again', { image: 'image', restart: NEVER_AGAIN }))
  swarm.pass(2_000)
  assert.equal(stateOf(swarm, 'again'), 'running')
})

test('of containers nothing is told before they are to start, and of every task that ends something', () => {
  const swarm = oneNode({ good: { stopMs: 'ignores-signal' }, bad: { isMissing: true } })
  const told = () =>
    swarm.tasks('web').map(({ Status: { State, ContainerStatus: status } = {} }) => {
      return `${State} ${status == null ? 'nothing' : status.ContainerID === '' ? 'no container' : 'a container'}`
    })
  swarm.create(serviceSpec('web', { image: 'good' }))
  swarm.pass(2_000)
  assert.deepEqual(told(), ['running a container'])
  const [old] = swarm.tasks('web')
  swarm.changeService('web', () => serviceSpec('web', { image: 'good:2' }))
  swarm.pass(2_000)
  assert.deepEqual(told().toSorted(), ['ready nothing', 'running a container'])
  swarm.changeService('web', () => serviceSpec('web', { image: 'bad' }))
  swarm.pass(3_000)
  assert.ok(told().includes('rejected no container'), told().join())
  assert.ok(swarm.tasks('web').some(({ ID, Status }) => ID === old?.ID && Status?.State === 'running'))
})

test('how a task has ended is told once more when it is no longer wanted', () => {
  const swarm = oneNode({ image: { isMissing: true } })
  swarm.create(serviceSpec('web', { image: 'image:1' }))
  const first = () => swarm.tasks('web').toSorted((one, other) => compareTimes(one.CreatedAt, other.CreatedAt))[0]
  while (first()?.DesiredState !== 'shutdown') swarm.pass(10)
  const replaced = first()
  swarm.pass(1_000)
  const told = first()
  assert.deepEqual({ ...told, Version: replaced?.Version, UpdatedAt: replaced?.UpdatedAt }, replaced)
  const agentHears = 100
  const leaderStores = 100
  assert.ok(compareTimes(told?.UpdatedAt, replaced?.UpdatedAt) >= agentHears + leaderStores)
  swarm.pass(3_000)
  assert.deepEqual(first(), told)
})

test('a container that cannot be started fails with the reason', () => {
  const swarm = oneNode({ image: { startError: 'exec: "nosuch": executable file not found in $PATH' } })
  swarm.create(serviceSpec('web', { image: 'image:1', restart: NEVER_AGAIN }))
  swarm.pass(2_000)
  assert.equal(stateOf(swarm, 'web'), 'failed')
  assert.equal(errorOf(swarm, 'web'), 'starting container failed: exec: "nosuch": executable file not found in $PATH')
})

test('who takes more memory than its limit is killed', () => {
  const swarm = oneNode({ image: { memoryBytes: 512e6 } })
  const limited = (name: string, MemoryBytes: number) => {
    const spec = serviceSpec(name, { image: 'image:1', restart: NEVER_AGAIN })
    swarm.create({ ...spec, TaskTemplate: { ...spec.TaskTemplate, Resources: { Limits: { MemoryBytes } } } })
  }
  limited('tight', 256e6)
  limited('wide', 1_024e6)
  swarm.pass(5_000)
  assert.equal(errorOf(swarm, 'tight'), 'task: non-zero exit (137)')
  assert.equal(stateOf(swarm, 'wide'), 'running')
})

test('a pattern says which containers of a service end, one after the other', () => {
  const exit = { chance: 1, afterMs: [100, 100], code: 1 } as const
  const swarm = oneNode({ image: { exit, exitPattern: [true, false] } })
  swarm.create(serviceSpec('web', { image: 'image:1', replicas: 4, restart: NEVER_AGAIN }))
  swarm.pass(5_000)
  const states = swarm.tasks('web').map(({ Status }) => Status?.State)
  assert.deepEqual(states.toSorted(), ['failed', 'failed', 'running', 'running'])
})

test('labels on a service, or on its containers, have the last word', () => {
  const swarm = oneNode({ image: {} })
  const crash = { 'swarmtop.sim.exit-after': '1s', 'swarmtop.sim.exit-code': '3', 'swarmtop.sim.stop': 'what?' }
  swarm.create({ ...serviceSpec('web', { image: 'image:1', restart: NEVER_AGAIN }), Labels: crash })
  const spec = serviceSpec('other', { image: 'image:1', restart: NEVER_AGAIN })
  swarm.create(withContainer(spec, { Labels: { 'swarmtop.sim.start-error': 'no' } }))
  swarm.pass(5_000)
  assert.equal(errorOf(swarm, 'web'), 'task: non-zero exit (3)')
  assert.equal(errorOf(swarm, 'other'), 'starting container failed: no')
})

function oneNode(images: NonNullable<SwarmOptions['images']>): SimulatedSwarm {
  return simulatedSwarm({ managers: 1, workers: 0, images })
}

function withContainer(spec: ApiServiceSpec, more: object): ApiServiceSpec {
  const container = { ...spec.TaskTemplate?.ContainerSpec, ...more }
  return { ...spec, TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: container } }
}

function stateOf(swarm: SimulatedSwarm, service: string): string | undefined {
  return swarm.tasks(service)[0]?.Status?.State
}

function errorOf(swarm: SimulatedSwarm, service: string): string | undefined {
  return swarm.tasks(service)[0]?.Status?.Err
}

function compareTimes(one = '', other = ''): number {
  return Date.parse(one) - Date.parse(other)
}
