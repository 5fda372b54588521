import assert from 'node:assert/strict'
import { test } from 'node:test'
import { simulatingAt } from '../../source/app/initial-state.ts'
import { observedNow, swarmNow } from '../../source/app/swarm-clock.ts'
import { NOW } from '../helpers/api-builders.ts'
import { apiSimulation, simulatedReading } from '../helpers/simulation-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'

test("the swarm's clock goes on between readings, a simulation's at its own pace", () => {
  const read = stateOf({ readAgoMs: 400 })
  const ahead = { ...read, reading: read.reading && { ...read.reading, clockOffsetMs: -5_000 } }
  assert.equal(swarmNow(read), NOW)
  assert.equal(swarmNow(ahead), NOW + 5_000)
  const simulated = (seen: Parameters<typeof apiSimulation>[0]) =>
    swarmNow({ ...read, simulation: { ...simulatingAt('/sim/control.sock', NOW), seen: apiSimulation(seen) } })
  assert.equal(simulated({ speed: 10 }), NOW - 400 + 4_000)
  assert.equal(simulated({ speed: 10, isPaused: true }), NOW - 400)
})

test('what is seen of a swarm is dated by our clock, of a simulation by its own', () => {
  const aheadBy = (ms: number, state = stateOf()) => ({
    ...state,
    reading: state.reading && { ...state.reading, clockOffsetMs: -ms },
  })
  assert.equal(observedNow(aheadBy(60_000)), NOW)
  assert.equal(observedNow(aheadBy(60_000, stateOf({ reading: simulatedReading }))), NOW + 60_000)
})
