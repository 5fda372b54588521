import assert from 'node:assert/strict'
import { test } from 'node:test'
import { holdsResources, isLive, isTerminal, stateRank, TASK_STATES } from '../../source/rules/task-state.ts'

test('a task moves forward only, from new to orphaned', () => {
  assert.ok(stateRank('new') < stateRank('running'))
  assert.ok(stateRank('rejected') < stateRank('orphaned'))
  assert.equal(stateRank('paused'), -1)
})

test('what has ended, what is meant to be, and what holds resources', () => {
  assert.deepEqual(TASK_STATES.filter(isTerminal), ['complete', 'shutdown', 'failed', 'rejected', 'remove', 'orphaned'])
  assert.deepEqual(['ready', 'running', 'complete', 'shutdown', 'remove'].filter(isLive), [
    'ready',
    'running',
    'complete',
  ])
  assert.deepEqual(TASK_STATES.filter(holdsResources), [
    'assigned',
    'accepted',
    'preparing',
    'ready',
    'starting',
    'running',
  ])
})
