import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { State } from '../../source/app/state.ts'
import { apiService, apiTasks, NOW, nodeIdOf, SECOND, serviceIdOf } from '../helpers/api-builders.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { frameOf } from '../helpers/frame.tsx'
import { openScreen } from '../helpers/memory-screen.tsx'
import { largeReading, troubledReading } from '../helpers/readings.ts'
import { stateOf } from '../helpers/state-builders.ts'

test('what the terminal shows after each change is the frame of the last state', async () => {
  const states: readonly State[] = [
    stateOf({ reading: null }),
    stateOf({ reading: troubledReading }),
    stateOf({ reading: troubledReading, view: { selection: { services: serviceIdOf('web') } } }),
    stateOf({ reading: troubledReading, link: { kind: 'no-leader', phase: 'no-quorum', since: NOW - 9 * SECOND } }),
    stateOf({ reading: troubledReading, view: { screen: { kind: 'node', nodeId: nodeIdOf('w2') }, focus: 'tasks' } }),
    stateOf({ reading: largeReading, view: { focus: 'nodes', selection: { nodes: nodeIdOf('w40') } } }),
    stateOf(),
  ]
  const screen = openScreen(stateOf())
  for (const state of states) {
    await screen.show(state)
    assert.equal(screen.text(), frameOf(state))
  }
  screen.close()
})

/** Five nodes, twenty services, a hundred tasks, all well. */
const names = Array.from({ length: 20 }, (_, index) => `service-${index + 1}`)
const quietReading = {
  ...wellReading,
  services: names.map(name => apiService({ name, replicas: 5, status: [5, 5] })),
  tasks: names.flatMap(name => apiTasks(name, ['m1', 'm2', 'm3', 'w1', 'w2'])),
}

for (const [columns, rows] of [
  [80, 24],
  [120, 36],
  [200, 50],
] as const) {
  test(`while nothing changes, a minute at ${columns}x${rows} costs less than 200 bytes a second`, async () => {
    let state = stateOf({ columns, rows, reading: quietReading })
    const screen = openScreen(state)
    let bytes = 0
    for (let second = 0; second < 60; second += 1) {
      state = { ...state, now: state.now + SECOND, reading: readAgain(state) }
      bytes += await screen.show(state)
    }
    screen.close()
    assert.ok(bytes / 60 < 200, `${bytes / 60} bytes a second`)
  })
}

/** The next reading says what the last one said; only the round trip is never twice the same. */
function readAgain({ reading, now }: State): State['reading'] {
  return reading === null ? null : { ...reading, receivedAt: now + 600, roundTripMs: 3 + ((now / SECOND) % 3) }
}

test('moving the selection by one row costs less than a kilobyte', async () => {
  const at = (index: number) =>
    stateOf({ reading: quietReading, view: { selection: { services: serviceIdOf(names[index] ?? '') } } })
  const screen = openScreen(at(2))
  await screen.show(at(2))
  const bytes = await screen.show(at(3))
  screen.close()
  assert.ok(bytes > 0 && bytes < 1024, `${bytes} bytes`)
})
