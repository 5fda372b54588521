import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { View } from '../../source/app/screen.ts'
import { selectedTask } from '../../source/app/selected-task.ts'
import { apiService, apiTask, MINUTE, SECOND, serviceIdOf } from '../helpers/api-builders.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'

const inSlot = (id: string, words: Partial<Parameters<typeof apiTask>[0]>) =>
  apiTask({ service: 'api', slot: 1, node: 'w1', id, ...words })

const reading = {
  ...wellReading,
  services: [apiService({ name: 'api' })],
  tasks: [
    inSlot('waits', { state: 'ready', desired: 'ready', createdAgoMs: SECOND }),
    inSlot('failed', { state: 'failed', error: 'task: non-zero exit (1)', exitCode: 1, createdAgoMs: MINUTE }),
    inSlot('older', { state: 'failed', error: 'task: non-zero exit (1)', exitCode: 1, createdAgoMs: 2 * MINUTE }),
  ],
}

const selectedIn = (view: Partial<View>) => selectedTask(stateOf({ reading, view }))?.id ?? null

const service: View['screen'] = { kind: 'service', serviceId: serviceIdOf('api') }
const lanes: View['screen'] = { kind: 'lanes', serviceId: serviceIdOf('api') }
const slot: View['screen'] = { kind: 'slot', serviceId: serviceIdOf('api'), slot: '1' }

test('in a table of tasks it is the selected one', () => {
  assert.equal(selectedIn({ screen: service, focus: 'tasks', selection: { tasks: 'older' } }), 'older')
})

test('of a slot that fails it is the one that failed last, not the one that waits', () => {
  assert.equal(selectedIn({ screen: service, focus: 'slots' }), 'failed')
  assert.equal(selectedIn({ screen: lanes, focus: 'lanes' }), 'failed')
  assert.equal(selectedIn({ screen: slot, focus: 'story' }), 'failed')
})

test('in a lane it is the one that was gone to, while it is there', () => {
  assert.equal(selectedIn({ screen: lanes, focus: 'lanes', parts: { lanes: 'older' } }), 'older')
  assert.equal(selectedIn({ screen: lanes, focus: 'lanes', parts: { lanes: 'gone' } }), 'failed')
})

test('where no tasks are selected there is none', () => {
  assert.equal(selectedIn({ focus: 'services' }), null)
  assert.equal(selectedIn({ focus: 'nodes' }), null)
})
