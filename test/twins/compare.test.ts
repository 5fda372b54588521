import assert from 'node:assert/strict'
import { test } from 'node:test'
import { compareHistories, isSameWay } from './compare-histories.ts'
import { comparePictures } from './compare-pictures.ts'
import type { Picture, TaskPicture } from './picture.ts'
import { settlePrinted } from './printed.ts'
import type { Chance } from './script.ts'
import type { TaskHistory } from './watch.ts'

/** A history from words like `running/starting 0.3`. */
function history(way: string, { slot = '1', image = 'web:1', createdAt = '1' } = {}): TaskHistory {
  const passed = way.split(', ').map(step => {
    const [as = '', seconds = '0.1'] = step.split(' ')
    return { as, seconds: Number(seconds) }
  })
  return { service: 'web', slot, createdAt, image, passed }
}

test('a task went the same way when order and end are the same and nothing that lasted is missing', () => {
  const way = 'running/pending, running/starting 0.4, running/running 9'
  const table: readonly (readonly [same: boolean, other: string, why: string])[] = [
    [true, 'running/assigned, running/starting 1.4, running/running 2', 'agents take their time'],
    [true, 'running/starting, running/running 9', 'what was short may have been missed'],
    [false, 'running/starting, running/running 9, running/failed 9', 'another end'],
    [false, 'running/starting, running/pending, running/running 9', 'another order'],
    [false, 'running/pending 8, ready/ready 4.8, running/running 9', 'what lasted is never missed'],
  ]
  for (const [same, other, why] of table) assert.equal(isSameWay(history(way), history(other)), same, why)
})

test('each slot of one swarm needs a slot of the other that had the same fate', () => {
  const stays = 'running/running 9'
  const goes = 'running/running 4, shutdown/running 1, shutdown/shutdown 4'
  const lab = [history(stays, { slot: '1' }), history(goes, { slot: '2' }), history(stays, { slot: '3' })]
  const alike = [history(goes, { slot: '1' }), history(stays, { slot: '2' }), history(stays, { slot: '3' })]
  assert.deepEqual(compareHistories(lab, alike), [])
  const unlike = [history(goes, { slot: '1' }), history(goes, { slot: '2' }), history(stays, { slot: '3' })]
  assert.equal(compareHistories(lab, unlike).length, 1)
})

test('a slot that had one task more had another fate', () => {
  const ended = history('running/running 2, shutdown/failed 5')
  const made = history('ready/ready 5, running/running 3', { createdAt: '2' })
  assert.equal(compareHistories([ended, made], [ended]).length, 1)
})

const RUNNING: TaskPicture = {
  node: 'node1',
  image: 'web:1',
  desired: 'running',
  state: 'running',
  message: 'started',
  error: '',
  exitCode: 0,
}

/** A swarm of alike nodes; on them, slot by slot, tasks of the service `web`. */
function picture(tasks: readonly (readonly Partial<TaskPicture>[])[], nodes = ['node1', 'node2', 'node3']): Picture {
  return {
    nodes: nodes.map(name => ({ name, spec: { Availability: 'active' }, status: 'ready', message: '', manager: '' })),
    services: [],
    slots: tasks.map((rows, index) => {
      return { service: 'web', slot: String(index + 1), tasks: rows.map(row => ({ ...RUNNING, ...row })) }
    }),
  }
}

const on = (node: string) => [{ node }]
const NOTHING: ReadonlySet<Chance> = new Set()
const NODES: ReadonlySet<Chance> = new Set(['nodes'])

test('who of several equal nodes has the task is compared unless it is drawn by lot', () => {
  const [one, other] = [picture([on('node1'), on('node2')]), picture([on('node3'), on('node1')])]
  assert.deepEqual(comparePictures(one, other, NODES), [])
  assert.notDeepEqual(comparePictures(one, other, NOTHING), [])
})

test('how the tasks spread is compared even then', () => {
  const [spread, heaped] = [picture([on('node1'), on('node2')]), picture([on('node1'), on('node1')])]
  assert.deepEqual(
    comparePictures(spread, heaped, NODES).map(({ path }) => path),
    ['live tasks.ready active.1', 'live tasks.ready active.2'],
  )
})

test('which slot has which history does not matter, but that one has it does', () => {
  const past = [{}, { desired: 'shutdown', state: 'failed', error: 'task: non-zero exit (1)', exitCode: 1 }]
  assert.deepEqual(comparePictures(picture([past, [{}]]), picture([[{}], past]), NOTHING), [])
  assert.notDeepEqual(comparePictures(picture([past, [{}]]), picture([[{}], [{}]]), NOTHING), [])
})

test('of what a command prints widths of columns and steps of progress are left out', () => {
  const one = 'overall progress: 0 out of 2 tasks\n1/2:  \nverify: Service <service web> converged\n'
  const other =
    'overall progress: 1 out of 2 tasks\nverify: Waiting 4 seconds\nverify: Service <service web> converged\n'
  const settle = (out: string) => settlePrinted({ exitCode: 0, out, error: '' }, NOTHING)
  assert.deepEqual(settle(one), settle(other))
  assert.deepEqual(settle('ID      NAME\n<service web>   web'), settle('ID  NAME\n<service web>  web'))
  assert.notDeepEqual(settle('web  2/2'), settle('web  1/2'))
})
