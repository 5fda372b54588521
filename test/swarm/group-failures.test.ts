import assert from 'node:assert/strict'
import { test } from 'node:test'
import { failureReason, groupFailures, normaliseError } from '../../source/swarm/group-failures.ts'
import { asSeen, type SeenTask } from '../../source/swarm/seen-task.ts'
import { apiTask, MINUTE, NOW, SECOND } from '../helpers/api-builders.ts'
import { clusterOf, wellReading } from '../helpers/cluster-builders.ts'

const cluster = clusterOf(wellReading)

/** A failure of slot 1 so long ago, which had been running for two seconds. */
function failure(agoMs: number, words: Partial<Parameters<typeof apiTask>[0]> = {}): SeenTask {
  const wire = apiTask({
    service: 'api',
    slot: 1,
    node: 'w1',
    state: 'failed',
    error: 'task: non-zero exit (137)',
    exitCode: 137,
    createdAgoMs: agoMs + 10 * SECOND,
    stateAgoMs: agoMs,
    ...words,
  })
  const [task] = clusterOf({ ...wellReading, tasks: [wire] }).snapshot.tasks
  assert.ok(task)
  return { ...asSeen(task), steps: [{ state: 'running', at: task.stateAt - 2 * SECOND }] }
}

test('equal errors are one group, with how often, where, since when, how regularly and how long they ran', () => {
  const tasks = [0, 1, 2, 3].map(times => failure(times * 40 * SECOND, { node: times % 2 === 0 ? 'w2' : 'w1' }))
  assert.deepEqual(groupFailures(tasks, cluster), [
    {
      key: '["failed",137,"task: non-zero exit (137)"]',
      state: 'failed',
      error: 'task: non-zero exit (137)',
      exitCode: 137,
      count: 4,
      nodes: ['w1', 'w2'],
      images: ['api:1'],
      firstAt: NOW - 2 * MINUTE,
      lastAt: NOW,
      everyMs: 40 * SECOND,
      ranMs: 2 * SECOND,
    },
  ])
})

test('another exit code, another error and a rejection are groups of their own, the latest first', () => {
  const tasks = [
    failure(MINUTE),
    failure(2 * MINUTE, { exitCode: 1, error: 'task: non-zero exit (1)' }),
    failure(SECOND, { state: 'rejected', error: 'No such image: api:2' }),
    failure(3 * MINUTE, { state: 'running' }),
  ]
  assert.deepEqual(
    groupFailures(tasks, cluster).map(({ state, exitCode, count }) => [state, exitCode, count]),
    [
      ['rejected', 137, 1],
      ['failed', 137, 1],
      ['failed', 1, 1],
    ],
  )
})

test('one failure alone has no rhythm, and one that nobody saw start has no length', () => {
  const [group] = groupFailures([{ ...failure(0), steps: [] }], cluster)
  assert.deepEqual([group?.everyMs, group?.ranMs], [null, null])
})

const ID = 'abcdefghijklmnopqrstuvwx1'
const HEX = '0123456789abcdef'.repeat(4)

const ERRORS: readonly (readonly [one: string, other: string, areEqual: boolean])[] = [
  [`network ${ID} not found`, `network ${ID.slice(1)}2 not found`, true],
  [`image sha256:${HEX} is gone`, `image sha256:${HEX.slice(1)} is gone`, true],
  [`container ${HEX.slice(0, 12)} died`, `container ${HEX.slice(4, 16)} died`, true],
  ['dial tcp 10.0.0.1:5432: refused', 'dial tcp 10.0.0.22:5432: refused', true],
  ['dial tcp [fd00::1]:5432: refused', 'dial tcp [fd00::2]:5432: refused', true],
  ['port 30001 is in use', 'port 30002 is in use', true],
  ['timed out after 1.5s', 'timed out after 20ms', true],
  ['at 2026-11-21T12:00:00.123Z it broke', 'at 2026-11-21T12:00:01Z it broke', true],
  ['No such image: api:1.9', 'No such image: api:1.10', false],
  ['task: non-zero exit (1)', 'task: non-zero exit (2)', false],
]

for (const [one, other, areEqual] of ERRORS) {
  test(`${JSON.stringify(one)} and ${JSON.stringify(other)} are ${areEqual ? '' : 'not '}equal`, () => {
    assert.equal(normaliseError(one) === normaliseError(other), areEqual)
  })
}

test('a reason says what the exit code means, and the code itself where the error does not', () => {
  assert.equal(
    failureReason({ error: 'task: non-zero exit (137)', exitCode: 137 }),
    'task: non-zero exit (137), killed (SIGKILL), often out of memory',
  )
  assert.equal(
    failureReason({ error: 'starting container failed', exitCode: 128 }),
    'starting container failed, exit code 128',
  )
  assert.equal(failureReason({ error: '', exitCode: null }), 'no reason is given')
})
