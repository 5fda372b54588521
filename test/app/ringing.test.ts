import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { USUAL_PREFERENCES } from '../../source/app/initial-state.ts'
import { apiService, apiTasks } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { troubledReading } from '../helpers/readings.ts'

const withBell = { preferences: { ...USUAL_PREFERENCES, hasBell: true } }

/** A service that runs so many of three. */
const running = (count: number) => ({
  ...wellReading,
  services: [apiService({ name: 'api', replicas: 3, status: [count, 3] })],
  tasks: apiTasks('api', ['m1', 'w1', 'w2'].slice(0, count)),
})

const rings = (app: App): number => app.asked().filter(kind => kind === 'ring').length

describe('the bell', () => {
  test('is rung once for all that goes wrong between two readings', () => {
    const app = appWith(wellReading, {}, withBell).readNext(troubledReading)
    assert.equal(rings(app), 1)
  })

  test('is not rung for what was wrong at the start, nor for what stays wrong', () => {
    const app = appWith(troubledReading, {}, withBell).readNext(troubledReading)
    assert.equal(rings(app), 0)
  })

  test('is rung when a trouble gets worse, not when its numbers change or it gets better', () => {
    const app = appWith(running(2), {}, withBell)
    assert.equal(rings(app.pass(20_000).answer(running(1))), 0)
    assert.equal(rings(app.pass(20_000).answer(running(0))), 1)
    assert.equal(rings(app.pass(20_000).answer(running(1))), 0)
    assert.equal(rings(app.pass(20_000).answer(running(3))), 0)
  })

  test('is left alone for ten seconds by a service that fails again and again', () => {
    const app = appWith(running(3), {}, withBell)
    for (let second = 0; second < 8; second += 2) app.readNext(running(2)).readNext(running(3))
    assert.equal(rings(app), 1)
  })

  test('is rung when the engine is gone', () => {
    const app = appWith(wellReading, {}, withBell).pass(1000).fail({ kind: 'refused', address: 'm1' })
    assert.equal(rings(app), 1)
  })

  test('is silent for who has not asked for it', () => {
    assert.equal(rings(appWith(wellReading).readNext(troubledReading)), 0)
  })
})
