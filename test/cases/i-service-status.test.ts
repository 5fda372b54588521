import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PresetTask, stage } from './harness.ts'
import type { PresetService } from './preset.ts'

/*
 * Cases 118 and 119 of section I: what is counted and told of services.
 * Source: moby/swarmkit manager/controlapi/service_test.go
 */

type Row = readonly [
  text: string,
  service: PresetService,
  tasks: readonly PresetTask[],
  running: number,
  desired: number,
  done?: number,
]

const CASES: readonly Row[] = [
  [
    'replicated',
    { replicas: 3 },
    [...times(3, 'Running/Running'), ...times(2, 'Shutdown/Failed'), ...times(2, 'Shutdown/Shutdown')],
    3,
    3,
  ],
  [
    'replicated, some not up yet',
    { replicas: 7 },
    [...times(4, 'Running/Running'), ...times(3, 'Running/New'), ...times(2, 'Shutdown/Failed')],
    4,
    7,
  ],
  ['global', { mode: 'global' }, [...bound(2, 'Running/Running'), ...bound(3, 'Shutdown/Shutdown')], 2, 2],
  [
    'global, one not up yet',
    { mode: 'global' },
    [...bound(4, 'Running/Running'), ...bound(1, 'Running/New'), ...bound(6, 'Shutdown/Failed')],
    4,
    5,
  ],
  ['replicated, just scaled down', { replicas: 2 }, times(4, 'Running/Running'), 4, 2],
  [
    'replicated job',
    { job: { concurrent: 2, total: 10 } },
    [...times(2, 'Complete/Running'), ...times(4, 'Complete/Complete')],
    2,
    2,
    4,
  ],
  [
    'replicated job, updated once',
    { job: { concurrent: 2, total: 10 }, iteration: 1 },
    [
      ...times(10, 'Remove/Complete').map(row => ({ row, iteration: 0 })),
      ...times(1, 'Complete/Running'),
      ...times(3, 'Complete/Complete'),
    ],
    1,
    2,
    3,
  ],
  ['global job', { mode: 'global-job' }, [...bound(5, 'Complete/Running'), ...bound(3, 'Complete/Complete')], 5, 5, 3],
]

for (const [text, service, tasks, running, desired, done = 0] of CASES) {
  test(`118. What is counted: ${text}`, () => {
    const swarm = stage({ nodes: { n1: {} }, services: { web: service }, tasks })
    assert.deepEqual(swarm.counts('web'), { running, desired, completed: done })
  })
}

test('119. Job status', () => {
  const swarm = stage({ nodes: { n1: {} } })
  swarm.create('job', { job: { concurrent: 1, total: 1 } })
  swarm.create('gjob', { mode: 'global-job' })
  const created = swarm.inspect('job').CreatedAt
  swarm.pass(1)
  for (const name of ['job', 'gjob']) {
    assert.deepEqual(swarm.inspect(name).JobStatus, { JobIteration: {}, LastExecution: created })
    swarm.update(name, {})
    const { JobStatus, UpdatedAt } = swarm.inspect(name)
    assert.deepEqual(JobStatus, { JobIteration: { Index: 1 }, LastExecution: UpdatedAt })
  }
})

function times(count: number, state: string): readonly string[] {
  return Array.from({ length: count }, (_, index) => `web.${index + 1}@n1 ${state}`)
}

function bound(count: number, state: string): readonly string[] {
  return Array<string>(count).fill(`web@n1 ${state}`)
}
