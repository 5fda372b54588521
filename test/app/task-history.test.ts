import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import fc from 'fast-check'
import type { ApiReading } from '../../source/api/info.ts'
import type { ApiTask } from '../../source/api/task.ts'
import { tasksOfSlot } from '../../source/app/slot-tasks.ts'
import { NO_HISTORY, rememberTasks } from '../../source/app/task-history.ts'
import type { Cluster } from '../../source/swarm/cluster.ts'
import {
  apiInfo,
  apiService,
  apiTask,
  HOUR,
  MINUTE,
  NOW,
  SECOND,
  serviceIdOf,
  timeAgo,
} from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { clusterOf, serviceNamed, wellReading } from '../helpers/cluster-builders.ts'

const services = [apiService({ name: 'api' })]
const withTasks = (tasks: readonly ApiTask[], agoMs = 0, more: Partial<ApiReading> = {}) => ({
  ...wellReading,
  services,
  tasks,
  info: apiInfo({ SystemTime: timeAgo(agoMs) }),
  ...more,
})

const inSlot = (id: string, words: Partial<Parameters<typeof apiTask>[0]> = {}) =>
  apiTask({ service: 'api', slot: 1, node: 'w1', id, ...words })

const failed = (id: string, agoMs: number) =>
  inSlot(id, { state: 'failed', createdAgoMs: agoMs, stateAgoMs: agoMs - SECOND, exitCode: 1 })

/** What is known of a slot, as `id` or `id (gone)`, the first first. */
function known(app: App, slot = '1', service = 'api'): readonly string[] {
  const cluster = app.state.reading?.cluster
  assert.ok(cluster)
  return tasksOfSlot(app.state, serviceNamed(cluster, service), slot).map(({ task, goneAt }) =>
    goneAt === null ? task.id : `${task.id} (gone)`,
  )
}

describe('the history of tasks', () => {
  test('keeps the tasks that Swarm forgets, in their slots, the newest first', () => {
    const all = Array.from({ length: 12 }, (_, index) => failed(`t${index + 10}`, (12 - index) * MINUTE))
    const app = appWith(withTasks(all.slice(0, 1)))
    for (let end = 2; end <= 12; end++) app.readNext(withTasks(all.slice(Math.max(0, end - 5), end)))
    const names = all.map(({ ID }, index) => (index < 7 ? `${ID} (gone)` : ID)).toReversed()
    assert.deepEqual(known(app), names)
  })

  test('notes when a task did what, since the API tells of its last change alone', () => {
    const app = appWith(withTasks([inSlot('t', { state: 'preparing', createdAgoMs: 20_000, stateAgoMs: 19_000 })]))
    app.readNext(withTasks([inSlot('t', { createdAgoMs: 20_000, stateAgoMs: 15_000 })]))
    app.readNext(withTasks([inSlot('t', { state: 'failed', createdAgoMs: 20_000, stateAgoMs: 3_000 })]))
    const steps = () => {
      const cluster = app.state.reading?.cluster
      assert.ok(cluster)
      return tasksOfSlot(app.state, serviceNamed(cluster, 'api'), '1')[0]?.steps.map(({ state }) => state)
    }
    assert.deepEqual(steps(), ['preparing', 'running'])
    app.readNext(withTasks([]))
    assert.deepEqual(known(app), ['t (gone)'])
    assert.deepEqual(steps(), ['preparing', 'running'])
    assert.equal(app.state.history.steps.size, 0)
  })

  test('has a state begin when it was written first', () => {
    const runs = (stateAgoMs: number) => inSlot('t', { createdAgoMs: HOUR, stateAgoMs })
    const app = appWith(withTasks([runs(30 * MINUTE)])).readNext(withTasks([runs(MINUTE)]))
    app.readNext(withTasks([runs(SECOND)]))
    assert.deepEqual(app.state.history.steps.get('t'), [{ state: 'running', at: NOW - 30 * MINUTE }])
  })

  test('takes a task that is there again for one that is there', () => {
    const app = appWith(withTasks([inSlot('t')]))
    app.readNext(withTasks([]))
    assert.deepEqual(known(app), ['t (gone)'])
    app.readNext(withTasks([inSlot('t')]))
    assert.deepEqual(known(app), ['t'])
    assert.equal(app.state.history.count, 0)
  })

  test('stays the same object while nothing changes', () => {
    const app = appWith(withTasks([inSlot('t')]))
    const { history } = app.state
    app.readNext(withTasks([inSlot('t')]))
    assert.equal(app.state.history, history)
  })

  test('is of one swarm: another one begins afresh', () => {
    const app = appWith(withTasks([inSlot('t')]))
    app.readNext(withTasks([]))
    const other = { info: apiInfo({ Swarm: { Cluster: { ID: 'another' } } }) }
    app.readNext(withTasks([inSlot('u')], 0, other)).readNext(withTasks([], 0, other))
    assert.deepEqual(known(app), ['u (gone)'])
  })

  test('forgets the tasks of a service some time after it was removed', () => {
    const app = appWith(withTasks([inSlot('t')], HOUR))
    const removed = { services: [] }
    app.readNext(withTasks([], HOUR - SECOND, removed))
    app.readNext(withTasks([], HOUR - 10 * MINUTE, removed))
    assert.equal(app.state.history.services.has(serviceIdOf('api')), true)
    app.readNext(withTasks([], HOUR - 20 * MINUTE, removed))
    assert.equal(app.state.history.services.size, 0)
    assert.equal(app.state.history.count, 0)
  })

  test('knows the slots of a global service by their nodes', () => {
    const agents = [apiService({ name: 'agent', mode: { Global: {} } })]
    const agent = (id: string, agoMs: number) => apiTask({ service: 'agent', node: 'w1', id, createdAgoMs: agoMs })
    const app = appWith(withTasks([agent('a', MINUTE)], 0, { services: agents }))
    app.readNext(withTasks([agent('b', SECOND)], 0, { services: agents }))
    assert.deepEqual(known(app, 'node-w1', 'agent'), ['b', 'a (gone)'])
  })

  test('leaves every slot its newest tasks when there are too many', () => {
    const bounds = { tasks: 20, inSlot: 100 }
    const clusters = [
      ['quiet'],
      ...Array.from({ length: 40 }, (_, index) => [`loud-${String(index).padStart(2, '0')}`]),
      [],
    ].map(ids => clusterOf(withTasks(ids.map(id => inSlot(id, { slot: id === 'quiet' ? 2 : 1 })))))
    const history = remember(clusters, bounds)
    const slots = history.services.get(serviceIdOf('api'))?.slots
    assert.deepEqual(
      slots?.get('2')?.map(({ task }) => task.id),
      ['quiet'],
    )
    assert.equal(slots?.get('1')?.at(-1)?.task.id, 'loud-39')
    assert.ok(history.count <= 20)
  })
})

const remember = (clusters: readonly Cluster[], bounds: { readonly tasks: number; readonly inSlot: number }) =>
  clusters.reduce(
    ({ history, before }, after) => ({ history: rememberTasks(history, before, after, bounds), before: after }),
    { history: NO_HISTORY, before: null as Cluster | null },
  ).history

test('whatever comes and goes: it is bounded, counts right, holds no task twice and none that Swarm has', () => {
  const task = fc.record({ number: fc.nat(12), slot: fc.integer({ min: 1, max: 3 }), state: fc.nat(2) })
  const reading = fc.uniqueArray(task, { selector: ({ number }) => number, maxLength: 10 })
  fc.assert(
    fc.property(fc.array(reading, { minLength: 1, maxLength: 20 }), readings => {
      const clusters = readings.map(tasks =>
        clusterOf(
          withTasks(
            // A task keeps its slot for ever.
            tasks.map(({ number, state }) =>
              inSlot(`t${number}`, { slot: (number % 3) + 1, state: ['starting', 'running', 'failed'][state] ?? '' }),
            ),
          ),
        ),
      )
      const bounds = { tasks: 6, inSlot: 3 }
      const history = remember(clusters, bounds)
      const remembered = [...history.services.values()].flatMap(({ slots }) => [...slots.values()].flat())
      const ids = remembered.map(seen => seen.task.id)
      const present = new Set(clusters.at(-1)?.snapshot.tasks.map(({ id }) => id))
      assert.ok(history.count <= bounds.tasks)
      assert.equal(history.count, ids.length)
      assert.equal(new Set(ids).size, ids.length)
      assert.ok(ids.every(id => !present.has(id)))
      assert.ok([...history.steps.keys()].every(id => present.has(id)))
    }),
  )
})
