import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failsAt, nextCheck, readHealthCheck } from '../../../source/simulator/agent/health-check.ts'
import type { ImageBehaviour } from '../../../source/simulator/world/image.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

const EVERY_10_S = { Test: ['CMD', 'true'], Interval: 10e9, Retries: 2 }

test('what a health check leaves out is as engines have it, and NONE is none', () => {
  const usual = { intervalMs: 30_000, startIntervalMs: 5_000, startPeriodMs: 0, retries: 3, alwaysFails: false }
  assert.deepEqual(readHealthCheck({ Test: ['CMD-SHELL', 'curl localhost'] }), usual)
  assert.deepEqual(readHealthCheck({ ...EVERY_10_S, StartPeriod: 40e9 }), {
    ...usual,
    intervalMs: 10_000,
    startPeriodMs: 40_000,
    retries: 2,
  })
  for (const none of [undefined, null, {}, { Test: [] }, { Test: ['NONE'] }]) assert.equal(readHealthCheck(none), null)
})

test('checks come at the start interval first, and only those after the start period count', () => {
  const check = { intervalMs: 30_000, startIntervalMs: 5_000, startPeriodMs: 12_000, retries: 3, alwaysFails: false }
  const cases = [
    { ageMs: 0, next: 5_000 },
    { ageMs: 5_001, next: 10_000 },
    { ageMs: 14_000, next: 15_000 },
    { ageMs: 15_001, next: 45_000 },
  ]
  for (const { ageMs, next } of cases) assert.equal(nextCheck(check, ageMs), next, `${ageMs}`)
  assert.equal(failsAt(check, 0), 15_000 + 2 * 30_000)
})

test('a task is starting until it is healthy for the first time', () => {
  const swarm = oneTask({})
  swarm.pass(9_000)
  assert.deepEqual(seen(swarm), ['running', 'starting', 'starting', undefined, 'Up 8 seconds (health: starting)'])
  swarm.pass(3_000)
  assert.deepEqual(seen(swarm), ['running', 'running', 'started', undefined, 'Up 11 seconds (healthy)'])
})

test('a check may come at a fraction of a millisecond', () => {
  const swarm = oneTask({}, { Test: ['CMD', 'true'], Interval: 2.4e6 })
  swarm.pass(3_000)
  assert.deepEqual(seen(swarm).slice(0, 2), ['running', 'running'])
})

test('who turns unhealthy is stopped, and has failed', () => {
  const swarm = oneTask({ unhealthy: { chance: 1, afterMs: [25_000, 25_000] }, stopMs: 'ignores-signal' })
  swarm.pass(45_000)
  assert.deepEqual(seen(swarm).slice(0, 3), ['running', 'running', 'started'])
  swarm.pass(20_000)
  const error = 'task: non-zero exit (137): dockerexec: unhealthy container'
  assert.deepEqual(seen(swarm).slice(0, 4), ['shutdown', 'failed', 'started', error])
})

test('who never becomes healthy never runs', () => {
  const swarm = oneTask({ unhealthy: { chance: 1, afterMs: [0, 0] } })
  swarm.pass(25_000)
  const error = 'task: non-zero exit (143): dockerexec: unhealthy container'
  assert.deepEqual(seen(swarm).slice(0, 4), ['shutdown', 'failed', 'starting', error])
})

test('without a health check nobody is asked how it is', () => {
  const swarm = oneTask({ unhealthy: { chance: 1, afterMs: [0, 0] } }, { Test: ['NONE'] })
  swarm.pass(60_000)
  assert.deepEqual(seen(swarm).slice(0, 2), ['running', 'running'])
})

function oneTask(behaviour: Partial<ImageBehaviour>, check: unknown = EVERY_10_S): SimulatedSwarm {
  const swarm = simulatedSwarm({ managers: 1, workers: 0, images: { image: behaviour } })
  const spec = serviceSpec('web', { image: 'image:1', restart: { Condition: 'none' } })
  const container = { ...spec.TaskTemplate?.ContainerSpec, Healthcheck: check }
  swarm.create({ ...spec, TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: container } })
  return swarm
}

/** Its task as desired and as it is, with message and error, and what `docker ps -a` says of its container. */
function seen(swarm: SimulatedSwarm): readonly (string | undefined)[] {
  const [task] = swarm.tasks('web')
  const [container] = swarm.call('GET', '/containers/json?all=1').value as readonly { readonly Status: string }[]
  const { State, Message, Err } = task?.Status ?? {}
  return [task?.DesiredState, State, Message, Err, container?.Status]
}
