import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiTask } from '../../source/api/task.ts'
import { asSeen } from '../../source/swarm/seen-task.ts'
import { drawTimeLine, type Moment, timeScale } from '../../source/view/time-line.ts'
import { apiService, apiTask, HOUR, MINUTE, NOW, SECOND } from '../helpers/api-builders.ts'
import { clusterOf, serviceNamed, wellReading } from '../helpers/cluster-builders.ts'

const SIGNS: Readonly<Record<Moment, string>> = {
  nothing: '_',
  unknown: ' ',
  over: ':',
  waiting: '.',
  starting: '+',
  running: '#',
  failed: 'x',
}

/** Fifteen cells of a minute each; the last is the one that has just begun. */
function draw(...tasks: readonly ApiTask[]): string {
  const cluster = clusterOf({ ...wellReading, services: [apiService({ name: 'api' })], tasks })
  const [slot] = serviceNamed(cluster, 'api').slots
  assert.ok(slot)
  return drawTimeLine(slot.tasks.map(asSeen), timeScale(15, NOW, 15 * MINUTE), NOW)
    .map(({ moment }) => SIGNS[moment])
    .join('')
}

const task = (words: Omit<Parameters<typeof apiTask>[0], 'service' | 'slot'>) =>
  apiTask({ service: 'api', slot: 1, ...words })

test('a task that has always been running', () => {
  assert.equal(draw(task({ node: 'w1', createdAgoMs: 2 * HOUR })), '###############')
})

test('before its oldest task nothing is known of a slot', () => {
  assert.equal(draw(task({ node: 'w1', createdAgoMs: 3.5 * MINUTE, stateAgoMs: 90 * SECOND })), '          ++###')
})

test('a failure and the task that took over', () => {
  const failed = task({ node: 'w2', state: 'failed', createdAgoMs: HOUR, stateAgoMs: 5.5 * MINUTE })
  const next = task({ node: 'w1', createdAgoMs: 5.5 * MINUTE, stateAgoMs: 3.5 * MINUTE })
  assert.equal(draw(failed, next), '########x+#####')
})

test('a task that finds no node waits', () => {
  assert.equal(draw(task({ state: 'pending', createdAgoMs: 4.5 * MINUTE })), '         ......')
})

test('a task that cannot start again and again', () => {
  const tries = [1, 3, 5].map(minutes =>
    task({
      node: 'w1',
      state: 'rejected',
      createdAgoMs: (minutes + 0.5) * MINUTE,
      stateAgoMs: (minutes + 0.4) * MINUTE,
    }),
  )
  assert.equal(draw(...tries), '        x:x:x::')
})

test('a task on a dead node reads as running for ever, and ends where the next one begins', () => {
  const dead = task({ node: 'w1', desired: 'shutdown', createdAgoMs: HOUR })
  const next = task({ state: 'pending', createdAgoMs: 2.5 * MINUTE })
  assert.equal(draw(dead, next), '############...')
})

test('cells last a round time, and the line stands still within one', () => {
  assert.deepEqual(
    [100, 59, 37, 22, 9].map(width => timeScale(width, NOW, 15 * MINUTE).cells),
    [90, 45, 36, 20, 0],
  )
  assert.equal(timeScale(15, NOW, 15 * MINUTE).endsAt, timeScale(15, NOW + 59 * SECOND, 15 * MINUTE).endsAt)
})
