import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { apiManager, apiNode, apiService, apiTask, apiTasks } from '../helpers/api-builders.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { forceUpdate } from '../helpers/operation-builders.ts'
import { readQuestion } from '../helpers/read-question.ts'

const leader = apiManager('m1', { isLeader: true })

describe('force update', () => {
  const readService = (service: Parameters<typeof apiService>[0], tasks = apiTasks(service.name, ['m1', 'w1', 'w2'])) =>
    readQuestion(forceUpdate(service.name), { ...wellReading, services: [apiService(service)], tasks })

  test('of several replicas', () => {
    assert.deepEqual(readService({ name: 'api', replicas: 3 }), [
      'Force update api?',
      '3 tasks replaced one at a time, each old one stopped before its successor starts (stop-first)',
      'image and settings stay as they are: api:1',
      'Enter: yes',
    ])
  })

  test('start-first needs room and interrupts nothing', () => {
    assert.deepEqual(readService({ name: 'api', replicas: 1, updateOrder: 'start-first' }, apiTasks('api', ['w1'])), [
      'Force update api?',
      '1 task replaced, each old one stopped when its successor runs (start-first)',
      'start-first needs room for 1 more task',
      'image and settings stay as they are: api:1',
      'Enter: yes',
    ])
  })

  test('a single replica is down for a moment', () => {
    const lines = readService({ name: 'api', replicas: 1 }, apiTasks('api', ['w1']))
    assert.equal(lines[1], '! down for a moment: only one task of api runs, and it stops before the new one starts')
    assert.equal(lines.at(-1), 'Enter: yes')
  })

  const paces: readonly (readonly [words: Partial<Parameters<typeof apiService>[0]>, line: string])[] = [
    [{ parallelism: 2, updateDelayMs: 10_000 }, '3 tasks replaced 2 at a time, 10 s apart, '],
    [{ parallelism: 1, updateDelayMs: 120_000 }, '3 tasks replaced one at a time, 2 min apart, '],
    [{ parallelism: 0, updateDelayMs: 10_000 }, '3 tasks replaced all at once, '],
    [{ parallelism: 9, updateOrder: 'start-first' }, '3 tasks replaced all at once, '],
    [{ parallelism: 2, updateOrder: 'start-first' }, 'start-first needs room for 2 more tasks'],
  ]
  for (const [words, line] of paces) {
    test(`${JSON.stringify(words)}: ${line}`, () => {
      const lines = readService({ name: 'api', replicas: 3, ...words })
      assert(lines.some(said => said.startsWith(line)))
    })
  }

  for (const parallelism of [0, 3, 4]) {
    test(`stop-first, ${parallelism} at a time, takes all three down`, () => {
      const lines = readService({ name: 'api', replicas: 3, parallelism })
      assert.equal(lines[1], '!! all 3 tasks of api are down at the same time until the new ones run')
      assert.equal(lines.at(-1), 'Enter: no')
    })
  }

  test('two of three at a time, or all with start-first, leave some running', () => {
    assert.equal(readService({ name: 'api', replicas: 3, parallelism: 2 }).at(-1), 'Enter: yes')
    const startFirst = { name: 'api', replicas: 3, parallelism: 0, updateOrder: 'start-first' } as const
    assert.equal(readService(startFirst).at(-1), 'Enter: yes')
  })

  test('where nothing runs, nothing can go down', () => {
    assert.equal(readService({ name: 'api', replicas: 3, parallelism: 0 }, []).at(-1), 'Enter: yes')
  })

  test('a global service all at once', () => {
    const tasks = ['m1', 'm2', 'm3', 'w1', 'w2'].map(node => apiTask({ service: 'agent', node }))
    const lines = readService({ name: 'agent', mode: { Global: {} }, parallelism: 0 }, tasks)
    assert.equal(lines[1], '!! all 5 tasks of agent are down at the same time until the new ones run')
    assert.equal(lines.at(-1), 'Enter: no')
  })

  test('a service that is short already', () => {
    const tasks = [...apiTasks('api', ['m1', 'w1']), apiTask({ service: 'api', slot: 3, state: 'pending' })]
    assert.equal(readService({ name: 'api', replicas: 3 }, tasks)[1], '! only 2 of 3 run now; not api.3')
  })

  test('a global service, on a paused node too', () => {
    const nodes = [leader, apiNode({ name: 'w1', availability: 'pause' })]
    const tasks = ['m1', 'w1'].map(node => apiTask({ service: 'agent', node }))
    const services = [apiService({ name: 'agent', mode: { Global: {} } })]
    assert.deepEqual(readQuestion(forceUpdate('agent'), { nodes, services, tasks }), [
      'Force update agent?',
      '1 task, one on each of its nodes, replaced, each old one stopped before its successor starts (stop-first)',
      'left as they are, since their node is paused: w1',
      'image and settings stay as they are: agent:1',
      'Enter: yes',
    ])
  })

  const underWay: readonly (readonly [state: string, line: string])[] = [
    ['updating', '! an update is under way: this one takes its place, and a rollback then leads to that one'],
    ['rollback_started', '! a rollback is under way: this update takes its place'],
    ['paused', '! this also sets the paused update going again (task abc failed)'],
  ]
  for (const [state, line] of underWay) {
    test(`while the last update is ${state}`, () => {
      const update = { State: state, Message: 'task abc failed' }
      assert.equal(readService({ name: 'api', replicas: 3, update })[1], line)
    })
  }

  test('a job runs again', () => {
    const mode = { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 5 } }
    const tasks = [apiTask({ service: 'backup', node: 'w1', desired: 'complete', jobIteration: 2 })]
    assert.deepEqual(readService({ name: 'backup', mode, jobIteration: 2 }, tasks), [
      'Force update backup?',
      '!! backup is a job and runs again from the beginning: 5 completions',
      '! 1 task of the present run stopped and removed',
      'Enter: no',
    ])
  })
})
