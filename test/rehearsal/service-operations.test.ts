import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiUpdateConfig } from '../../source/api/service.ts'
import type { Plan } from '../../source/operations/plan.ts'
import { carryOut } from '../helpers/carry-out.ts'
import {
  changeImage,
  forceUpdate,
  onNode,
  rehearseOn,
  sayGaps,
  sayMoves,
  sayUnplaced,
  sayUpdates,
  scale,
  serviceIdIn,
} from '../helpers/rehearsal-builders.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

const SECOND = 1e9
/** Comes up in a second, and stops in no time. */
const QUICK = { redis: { pullMs: [0, 0], startMs: [1_000, 1_000], stopMs: [50, 50] } } as const
const SEEN = {
  images: { ...QUICK, bad: { exit: { chance: 1, afterMs: [100, 300], code: 1 } }, none: { isMissing: true } },
} as const

test('one task after the other, with the delay between them', () => {
  const swarm = swarmWith({ replicas: 3, update: { Parallelism: 1, Delay: 10 * SECOND } })
  const plan = rehearseOn(swarm, [forceUpdate(swarm, 'api')], { seen: SEEN })
  assert.deepEqual(fates(plan), ['api.1 moves', 'api.2 moves', 'api.3 moves'])
  assert.deepEqual(sayUpdates(plan), ['api completed: update completed'])
  const [gap] = plan.gaps
  assert.deepEqual([gap?.lowest, gap?.desired], [2, 3])
  // Twice ten seconds and three tasks; the last watch begins when the delay after the last of them is over.
  assert.ok((gap?.forMs ?? 0) > 20_000 && (gap?.forMs ?? 0) < 30_000, `${gap?.forMs}`)
  assert.ok(plan.end.afterMs > 35_000 && plan.end.afterMs < 60_000, `${plan.end.afterMs}`)
})

test('what an update of another service that is under way has missing is not told as what comes of this', () => {
  const swarm = swarmWith({ replicas: 3, update: { Parallelism: 1, Delay: 10 * SECOND } })
  swarm.create(serviceSpec('other', { replicas: 2 }))
  swarm.pass(60_000)
  carryOut(swarm, forceUpdate(swarm, 'api'))
  swarm.pass(5_000)
  assert.deepEqual(sayGaps(rehearseOn(swarm, [scale(swarm, 'other', 4)], { seen: SEEN })), [])
})

test('with start-first nothing is missing in between', () => {
  const swarm = swarmWith({ replicas: 3, update: { Parallelism: 1, Order: 'start-first' } })
  const plan = rehearseOn(swarm, [forceUpdate(swarm, 'api')], { seen: SEEN })
  assert.deepEqual([fates(plan), plan.gaps], [['api.1 moves', 'api.2 moves', 'api.3 moves'], []])
})

test('all at once, nothing runs for a while', () => {
  const swarm = swarmWith({ replicas: 3, update: { Parallelism: 0 } })
  const plan = rehearseOn(swarm, [forceUpdate(swarm, 'api')], { seen: SEEN })
  assert.deepEqual(
    plan.gaps.map(({ lowest, desired }) => `${lowest} of ${desired}`),
    ['0 of 3'],
  )
})

test('start-first where every node is full never ends, and says why', () => {
  const swarm = swarmWith({ replicas: 3, maxReplicasPerNode: 1, update: { Parallelism: 1, Order: 'start-first' } })
  const plan = rehearseOn(swarm, [forceUpdate(swarm, 'api')], { seen: SEEN })
  assert.deepEqual([plan.moves, sayUpdates(plan)], [[], ['api unfinished: update in progress']])
  assert.deepEqual(
    plan.unplaced.map(({ reason }) => reason),
    ['no suitable node (max replicas per node limit exceed)'],
  )
  assert.deepEqual(plan.unplaced[0]?.among, ['api.1', 'api.2', 'api.3'])
})

test('an image that fails: by default the update pauses after the first task', () => {
  const swarm = swarmWith({ replicas: 3, update: { Parallelism: 1 } })
  const plan = rehearseOn(swarm, [changeImage(swarm, 'api', 'bad:2')], { seen: SEEN })
  assert.equal(plan.updates[0]?.state, 'paused')
  assert.match(plan.updates[0]?.message ?? '', /^update paused due to failure or early termination of task api\.\d$/)
  assert.ok(plan.moves.every(({ fate, to }) => fate === 'lost' && to === null))
  assert.deepEqual(
    plan.gaps.map(({ desired, forMs }) => [desired, forMs]),
    [[3, null]],
  )
  assert.equal(plan.end.kind, 'converged')
})

test('an image that fails, rolled back: all runs again in the end', () => {
  const swarm = swarmWith({ replicas: 3, update: { Parallelism: 1, FailureAction: 'rollback' } })
  const plan = rehearseOn(swarm, [changeImage(swarm, 'api', 'bad:2')], { seen: SEEN })
  assert.deepEqual(sayUpdates(plan), ['api rollback_completed: rollback completed'])
  assert.ok(plan.moves.length > 0 && plan.moves.every(({ fate }) => fate === 'moves'))
  assert.ok(plan.gaps.every(({ forMs }) => forMs !== null))
})

test('an image that fails, and the update goes on: in the end nothing is left', () => {
  const swarm = swarmWith({ replicas: 2, update: { Parallelism: 1, FailureAction: 'continue' } })
  const plan = rehearseOn(swarm, [changeImage(swarm, 'api', 'bad:2')], { seen: SEEN })
  assert.deepEqual(fates(plan), ['api.1 lost', 'api.2 lost'])
  assert.deepEqual(sayGaps(plan), ['api 0 of 2 for good'])
})

test('an image that nobody has, start-first: the old tasks stay', () => {
  const swarm = swarmWith({ replicas: 2, update: { Parallelism: 1, Order: 'start-first' } })
  const plan = rehearseOn(swarm, [changeImage(swarm, 'api', 'none:1')], { seen: SEEN })
  assert.deepEqual([plan.moves, plan.gaps, plan.unplaced], [[], [], []])
  assert.equal(plan.updates[0]?.state, 'paused')
})

test('an image that nobody has seen is presumed to start', () => {
  const swarm = swarmWith({ replicas: 2, update: { Parallelism: 1 } })
  const plan = rehearseOn(swarm, [changeImage(swarm, 'api', 'registry.local/never:9')])
  assert.deepEqual(fates(plan), ['api.1 moves', 'api.2 moves'])
  assert.deepEqual(sayUpdates(plan), ['api completed: update completed'])
})

test('what fails now goes on failing, and is no consequence of anything', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 2, images: { bad: SEEN.images.bad, redis: {} } })
  swarm.create(serviceSpec('loop', { image: 'bad:1', replicas: 2 }))
  swarm.create(serviceSpec('api', { replicas: 3 }))
  swarm.pass(120_000)
  const plan = rehearseOn(swarm, [onNode(swarm, 'drain', 'node3')])
  assert.deepEqual([...new Set(plan.moves.map(({ service }) => service))], ['api'])
  assert.deepEqual([plan.gaps.map(({ service }) => service), plan.end.kind], [['api'], 'converged'])
  const renewed = rehearseOn(swarm, [forceUpdate(swarm, 'loop')])
  assert.equal(renewed.updates[0]?.state, 'paused')
})

test('scaled up, new slots start where there are the fewest; what finds no room waits', () => {
  const swarm = swarmWith({ replicas: 1, memoryBytes: 5e9 })
  const plan = rehearseOn(swarm, [scale(swarm, 'api', 4)], { seen: SEEN })
  assert.deepEqual(plan.moves.map(({ task, fate, to }) => `${task} ${fate} ${to?.length}`).length, 2)
  assert.ok(plan.moves.every(({ fate, to }) => fate === 'starts' && to?.length === 2))
  assert.deepEqual(
    plan.unplaced.map(({ reason, among }) => [reason, among.length]),
    [['no suitable node (insufficient resources on 3 nodes)', 3]],
  )
  assert.deepEqual(sayGaps(plan), ['api 1 of 4 for good'])
})

test('scaled down, the slots that are kept last are told, and nothing is missing', () => {
  const swarm = swarmWith({ replicas: 3 })
  const plan = rehearseOn(swarm, [scale(swarm, 'api', 1)], { seen: SEEN })
  assert.deepEqual([plan.moves.map(({ fate }) => fate), plan.gaps, sayUnplaced(plan)], [['ends', 'ends'], [], []])
})

test('a service that is removed ends, and what comes with it does not wait', () => {
  const swarm = swarmWith({ replicas: 2 })
  const plan = rehearseOn(swarm, [{ kind: 'remove-service', name: 'api', serviceId: serviceIdIn(swarm, 'api') }], {
    seen: SEEN,
  })
  assert.deepEqual(fates(plan), ['api.1 ends', 'api.2 ends'])
  assert.deepEqual(plan.gaps, [])
})

test('a rollback goes back to the tasks of before', () => {
  const swarm = swarmWith({ replicas: 2, update: { Parallelism: 1 } })
  swarm.changeService('api', spec => ({ ...spec, TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: 7 } }))
  swarm.pass(60_000)
  const plan = rehearseOn(swarm, [{ kind: 'roll-back', name: 'api', serviceId: serviceIdIn(swarm, 'api') }], {
    seen: SEEN,
  })
  assert.deepEqual(fates(plan), ['api.1 moves', 'api.2 moves'])
  assert.deepEqual(sayUpdates(plan), ['api rollback_completed: rollback completed'])
})

test('the same reading gives the same plan', () => {
  const swarm = swarmWith({ replicas: 5 })
  const [one, other] = [1, 2].map(() => rehearseOn(swarm, [forceUpdate(swarm, 'api')]))
  assert.deepEqual(one, other)
  assert.ok(sayMoves(one ?? assert.fail('no plan')).length === 5)
})

type Options = NonNullable<Parameters<typeof serviceSpec>[1]> & { readonly update?: ApiUpdateConfig }

function swarmWith(options: Options): SimulatedSwarm {
  const swarm = simulatedSwarm({ managers: 1, workers: 2, images: QUICK })
  swarm.create(serviceSpec('api', options))
  swarm.pass(60_000)
  return swarm
}

const fates = ({ moves }: Plan): readonly string[] => moves.map(({ task, fate }) => `${task} ${fate}`)
