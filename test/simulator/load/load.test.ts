import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiServiceSpec } from '../../../source/api/service.ts'
import { readLoad, recountLoad, setLoad } from '../../../source/simulator/load/load.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('requests are counted without being made, and fail while nobody answers', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 0, images: { image: {} } })
  setLoad(swarm.simulator.world, 'web', 100)
  swarm.pass(10_000)
  assert.deepEqual(readLoad(swarm.simulator.world), [
    { service: 'web', requestsPerSecond: 100, requests: 1_000, failures: 1_000 },
  ])
  swarm.create(spec({ replicas: 2 }))
  swarm.pass(5_000)
  assert.equal(failuresIn(swarm, 60_000), 0)
  setLoad(swarm.simulator.world, 'web', 0)
  const before = readLoad(swarm.simulator.world)[0]?.requests
  swarm.pass(60_000)
  assert.equal(readLoad(swarm.simulator.world)[0]?.requests, before)
})

test('a stop-first update of one replica has failures, a start-first one with a health check none', () => {
  for (const [order, hasFailures] of [
    ['stop-first', true],
    ['start-first', false],
  ] as const) {
    const swarm = simulatedSwarm({ managers: 1, workers: 0, images: { image: {} } })
    swarm.create(spec({ order }))
    swarm.pass(30_000)
    setLoad(swarm.simulator.world, 'web', 100)
    swarm.changeService('web', change => ({
      ...change,
      TaskTemplate: {
        ...change.TaskTemplate,
        ContainerSpec: { ...change.TaskTemplate?.ContainerSpec, Image: 'image:2' },
      },
    }))
    assert.equal(failuresIn(swarm, 60_000) > 0, hasFailures, order)
    assert.equal(swarm.services()[0]?.UpdateStatus?.State, 'completed')
  }
})

test('tasks on a dead machine stay in the balance until its node is called down', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 1, images: { image: {} } })
  swarm.create(spec({ replicas: 'global' }))
  swarm.pass(30_000)
  setLoad(swarm.simulator.world, 'web', 100)
  swarm.strike('node2', 'kill')
  assert.equal(failuresIn(swarm, 5_000), 250)
  swarm.pass(20_000)
  assert.equal(failuresIn(swarm, 5_000), 0)
})

test('who is in the balance and who answers is known at every moment as if everyone were looked at', () => {
  const swarm = simulatedSwarm({ images: { image: { exit: { chance: 0.2, afterMs: [500, 9_000], code: 1 } } } })
  const { world } = swarm.simulator
  setLoad(world, 'web', 100)
  const deeds = [
    () => swarm.create(spec({ replicas: 8, order: 'start-first' })),
    () => swarm.strike('node4', 'kill'),
    () => swarm.changeService('web', change => ({ ...change, Mode: { Replicated: { Replicas: 12 } } })),
    () => swarm.strike('node5', 'cut'),
    () => swarm.changeNode('node3', { Availability: 'drain' }),
    () => swarm.strike('node4', 'start'),
    () => swarm.strike('node5', 'heal'),
    () => swarm.strike('node2', 'stop'),
    () => swarm.call('DELETE', '/services/web'),
  ]
  let most = 0
  for (const deed of deeds) {
    deed()
    for (let step = 0; step < 90; step++) {
      swarm.pass(370)
      const kept = world.load.web
      assert.ok(kept)
      const { balanced, answering } = kept
      const places = { ...kept.places }
      recountLoad(world)
      assert.deepEqual(
        { balanced, answering, places },
        { balanced: kept.balanced, answering: kept.answering, places: kept.places },
      )
      most = Math.max(most, answering)
    }
  }
  assert.ok(most >= 12)
  assert.deepEqual(world.load.web?.places, {})
})

test('a service may have any name that Swarm takes', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 0 })
  setLoad(swarm.simulator.world, 'constructor', 10)
  swarm.pass(10_000)
  assert.deepEqual(readLoad(swarm.simulator.world), [
    { service: 'constructor', requestsPerSecond: 10, requests: 100, failures: 100 },
  ])
})

function failuresIn(swarm: SimulatedSwarm, ms: number): number {
  const failures = () => readLoad(swarm.simulator.world)[0]?.failures ?? 0
  const before = failures()
  swarm.pass(ms)
  return failures() - before
}

function spec({ replicas = 1, order }: { readonly replicas?: number | 'global'; readonly order?: string }) {
  const plain = serviceSpec('web', { image: 'image:1', replicas, ports: [80] })
  const check = { Test: ['CMD', 'true'], Interval: 2e9 }
  return {
    ...plain,
    TaskTemplate: {
      ...plain.TaskTemplate,
      ContainerSpec: { ...plain.TaskTemplate?.ContainerSpec, Healthcheck: check },
    },
    ...(order !== undefined && { UpdateConfig: { Parallelism: 1, Monitor: 1e9, Order: order } }),
  } satisfies ApiServiceSpec
}
