import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { apiService, apiTask, NOW } from '../helpers/api-builders.ts'
import { appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const crash = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    apiTask({
      id: `crash-${index}`,
      service: 'crash',
      slot: 1,
      node: 'w1',
      state: 'failed',
      error: 'task: non-zero exit (1)',
      exitCode: 1,
      createdAgoMs: 1000 * (count - index),
    }),
  )

describe('the journal', () => {
  const reading = { ...wellReading, services: [apiService({ name: 'crash' })] }

  test('tells of a crash loop on one line, however often it happens', () => {
    const app = appWith({ ...reading, tasks: [] })
    for (let count = 1; count <= 20; count += 1) app.readNext({ ...reading, tasks: crash(count) })
    assert.deepEqual(app.journal(), ['crash.1 failed on w1: task: non-zero exit (1) (20 times)'])
    assert.equal(app.state.journal[0]?.at, NOW + 20_000)
  })

  test('is bounded, and forgets the oldest first', () => {
    const app = appWith({ ...reading, tasks: [] })
    for (let count = 0; count < 600; count += 1) {
      app.readNext({ ...reading, services: [] }).readNext(reading)
    }
    assert.equal(app.state.journal.length, 1000)
    assert.equal(new Set(app.state.journal.map(({ number }) => number)).size, 1000)
  })
})
