import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { ApiTask } from '../../source/api/task.ts'
import { asSeen } from '../../source/swarm/seen-task.ts'
import { TASK_STATES } from '../../source/swarm/task.ts'
import { laneRow } from '../../source/view/lane-row.ts'
import { textWidth } from '../../source/view/row.ts'
import { wideScale } from '../../source/view/time-line.ts'
import { apiTask, HOUR, MINUTE, NOW, SECOND } from '../helpers/api-builders.ts'
import { clusterOf, wellReading } from '../helpers/cluster-builders.ts'

/** Thirty cells of half a minute each. */
function draw(tasks: readonly ApiTask[], isAscii = false, nodeName = (id: string) => id.replace('node-', '')): string {
  const { snapshot } = clusterOf({ ...wellReading, tasks })
  const newestFirst = snapshot.tasks.toSorted((a, b) => b.createdAt - a.createdAt).map(asSeen)
  const scale = wideScale(30, NOW, 15 * MINUTE)
  const words = { tasks: newestFirst, scale, now: NOW, since: 0, nodeName, chosen: null }
  return laneRow(words, { theme: 'safe', depth: 1, isAscii })
    .map(({ text }) => text)
    .join('')
}

const task = (id: string, words: Partial<Parameters<typeof apiTask>[0]>) =>
  apiTask({ service: 'api', slot: 1, node: 'w1', id, ...words })
const failed = (id: string, agoMs: number) =>
  task(id, { state: 'failed', createdAgoMs: agoMs + 5 * SECOND, stateAgoMs: agoMs })

describe('a lane', () => {
  test('names the node where there is room', () => {
    assert.equal(draw([task('a', { createdAgoMs: HOUR })]), `w1${'█'.repeat(28)}`)
  })

  test('leaves what nobody knows of faint, and what is over light', () => {
    const stopped = task('a', { state: 'shutdown', createdAgoMs: 10 * MINUTE, stateAgoMs: 5 * MINUTE })
    assert.equal(draw([stopped]), '┄┄┄┄┄┄┄┄┄w1████████░░░░░░░░░░░')
  })

  test('has an edge between two tasks of one node where there is no room for its name', () => {
    const tasks = [2, 1].map(minutes =>
      task(`t${minutes}`, {
        node: 'a-long-name-of-a-node',
        state: minutes === 2 ? 'shutdown' : 'running',
        createdAgoMs: minutes * 5 * MINUTE,
        stateAgoMs: 5 * MINUTE,
      }),
    )
    assert.equal(draw(tasks).split('▏').length, 2)
  })

  test('tells many failures in a cell by their number, and hides none', () => {
    const tasks = [1, 2, 3].map(times => failed(`t${times}`, 70 * SECOND + times * SECOND))
    assert.match(draw(tasks), /3/)
    const crowd = Array.from({ length: 12 }, (_, index) => failed(`t${index}`, 70 * SECOND + index * SECOND))
    assert.match(draw(crowd), /!/)
  })

  test('is ASCII where it must be', () => {
    assert.match(draw([failed('a', 5 * MINUTE), task('b', { createdAgoMs: 4 * MINUTE })], true), /^[\x20-\x7e]{30}$/)
  })

  test('writes no name that is wider than its letters', () => {
    assert.equal(
      draw([task('a', { createdAgoMs: HOUR })], false, () => '节点一号'),
      '█'.repeat(30),
    )
  })
})

test('whatever tasks there are, a lane is as wide as it should be, and every failure in sight has its cell', () => {
  const some = fc.record({
    state: fc.constantFrom(...TASK_STATES),
    desired: fc.constantFrom('ready', 'running', 'shutdown', 'remove', 'complete'),
    createdAgoMs: fc.integer({ min: -HOUR, max: 2 * HOUR }),
    stateAgoMs: fc.integer({ min: -HOUR, max: 2 * HOUR }),
  })
  fc.assert(
    fc.property(fc.array(some, { maxLength: 12 }), words => {
      const tasks = words.map((one, index) => task(`t${index}`, one))
      const text = draw(tasks)
      assert.equal(textWidth(text), 30)
      const inSight = words.filter(
        ({ state, stateAgoMs }) =>
          ['failed', 'rejected', 'orphaned'].includes(state) && stateAgoMs >= 0 && stateAgoMs < 14 * MINUTE,
      )
      if (inSight.length > 0) assert.match(text, /[x2-9!]/)
    }),
  )
})
