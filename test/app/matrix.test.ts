import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { currentView } from '../../source/app/current-view.ts'
import { matrixColumns, matrixOf, NO_NODE } from '../../source/app/matrix.ts'
import { layoutMatrix } from '../../source/app/matrix-layout.ts'
import type { View } from '../../source/app/screen.ts'
import { shownService } from '../../source/app/shown-service.ts'
import type { State } from '../../source/app/state.ts'
import { update } from '../../source/app/update.ts'
import { apiNode, apiService, apiTask, MINUTE, nodeIdOf, SECOND, serviceIdOf } from '../helpers/api-builders.ts'
import { clusterOf } from '../helpers/cluster-builders.ts'
import { largeReading } from '../helpers/readings.ts'
import { stateOf } from '../helpers/state-builders.ts'

const matrixView: Partial<View> = { screen: { kind: 'matrix' }, focus: 'matrix' }

describe('what a task is in the matrix', () => {
  type Words = Partial<Parameters<typeof apiTask>[0]>
  const cases: readonly (readonly [string, Words, readonly string[]])[] = [
    ['one that runs', {}, ['running']],
    ['one that starts', { state: 'preparing' }, ['starting']],
    ['one that waits for the restart delay', { state: 'ready', desired: 'ready' }, ['waiting']],
    ['one that is on its way out', { desired: 'shutdown' }, ['leaving']],
    ['one that has been stopped', { state: 'shutdown', desired: 'shutdown' }, []],
    ['one that failed a minute ago', { state: 'failed', desired: 'shutdown', createdAgoMs: MINUTE }, ['failed']],
    ['one that failed long ago', { state: 'failed', desired: 'shutdown', createdAgoMs: 20 * MINUTE }, []],
    ['one that was rejected', { state: 'rejected', createdAgoMs: SECOND }, ['failed']],
    ['one of a node that is down', { node: 'dead' }, ['lost']],
    ['one that nobody wants any more on a node that is down', { node: 'dead', desired: 'shutdown' }, []],
  ]
  for (const [name, words, expected] of cases) {
    test(name, () => {
      const { node = 'w1' } = words
      const cluster = clusterOf({
        nodes: [apiNode({ name: 'w1' }), apiNode({ name: 'dead', state: 'down' })],
        services: [apiService({ name: 'api' })],
        tasks: [apiTask({ service: 'api', slot: 1, ...words, node })],
      })
      const { cellOf, runningOn } = matrixOf(cluster)
      assert.deepEqual(cellOf(serviceIdOf('api'), nodeIdOf(node)), expected)
      assert.equal(runningOn.get(nodeIdOf(node)) ?? 0, expected[0] === 'running' ? 1 : 0)
    })
  }

  test('of a job only what this iteration has done', () => {
    const task = (slot: number, jobIteration: number) =>
      apiTask({ service: 'job', slot, node: 'w1', state: 'complete', desired: 'complete', jobIteration })
    const cluster = clusterOf({
      nodes: [apiNode({ name: 'w1' })],
      services: [
        apiService({
          name: 'job',
          mode: { ReplicatedJob: { MaxConcurrent: 1, TotalCompletions: 2 } },
          jobIteration: 3,
        }),
      ],
      tasks: [task(1, 2), task(2, 3)],
    })
    assert.deepEqual(matrixOf(cluster).cellOf(serviceIdOf('job'), nodeIdOf('w1')), ['complete'])
  })

  test('what has no node, or one that was removed, stands in a column of its own', () => {
    const cluster = clusterOf({
      nodes: [apiNode({ name: 'w1' })],
      services: [apiService({ name: 'api', replicas: 2 })],
      tasks: [
        apiTask({ service: 'api', slot: 1, state: 'pending' }),
        apiTask({ service: 'api', slot: 2, node: 'gone' }),
      ],
    })
    assert.deepEqual(matrixOf(cluster).cellOf(serviceIdOf('api'), NO_NODE), ['running', 'waiting'])
  })
})

describe('how the matrix shares out its width', () => {
  const needs = { nodes: 5, widest: 1, longestName: 5, hasWideNames: false }
  const layouts = [
    ['few nodes with short names stand side by side', 120, needs, { isTurned: false, shown: 5, columnWidth: 12 }],
    ['so do long ones where there is some room', 200, { ...needs, longestName: 40 }, { isTurned: false, shown: 5 }],
    ['names that do not fit are turned', 80, { ...needs, longestName: 9 }, { isTurned: true, shown: 5 }],
    ['many nodes take two cells each', 120, { ...needs, nodes: 60 }, { isTurned: true, columnWidth: 2, shown: 31 }],
    [
      'and three where a cell has several tasks',
      120,
      { ...needs, nodes: 60, widest: 9 },
      { columnWidth: 3, shown: 20 },
    ],
    ['or where names are wide', 120, { ...needs, nodes: 60, hasWideNames: true }, { columnWidth: 3 }],
    ['a thousand', 80, { ...needs, nodes: 1000 }, { shown: 16 }],
    ['none', 80, { nodes: 0, widest: 0, longestName: 0, hasWideNames: false }, { shown: 0 }],
  ] as const
  for (const [name, columns, words, expected] of layouts) {
    test(name, () => {
      const layout = layoutMatrix(columns, words)
      assert.deepEqual({ ...layout, ...expected }, layout)
    })
  }
})

test('left and right bring other nodes into sight, as far as there are any', () => {
  const press = (state: State, key: string) => update(state, { kind: 'key-pressed', key, now: state.now }).state
  let state = stateOf({ reading: largeReading, view: matrixView })
  const seen = [matrixColumns(state).first]
  for (const key of ['left', 'right', 'right', 'right', 'right', 'left']) {
    state = press(state, key)
    seen.push(matrixColumns(state).first)
  }
  assert.deepEqual(seen, [0, 0, 10, 20, 29, 29, 19])
  assert.equal(currentView(state).focus, 'matrix')
})

test('where all nodes are in sight left and right do nothing', () => {
  const state = stateOf({ view: matrixView })
  const after = update(state, { kind: 'key-pressed', key: 'right', now: state.now }).state
  assert.equal(currentView(after).parts.matrix, undefined)
})

test('the keys of a service mean the selected one, and Enter opens it', () => {
  const state = stateOf({
    reading: largeReading,
    view: { ...matrixView, selection: { matrix: serviceIdOf('service-7'), services: serviceIdOf('service-9') } },
  })
  assert.equal(shownService(state)?.service.name, 'service-7')
  const opened = update(state, { kind: 'key-pressed', key: 'enter', now: state.now }).state
  assert.deepEqual(currentView(opened).screen, { kind: 'service', serviceId: serviceIdOf('service-7') })
})
