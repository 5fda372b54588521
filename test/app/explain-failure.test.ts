import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { ApiSimulation } from '../../source/api/simulation.ts'
import { explainFailure } from '../../source/app/explain-failure.ts'
import { simulatingAt } from '../../source/app/initial-state.ts'
import type { Settings } from '../../source/app/state.ts'
import type { Problem } from '../../source/swarm/problem.ts'
import { NOW } from '../helpers/api-builders.ts'
import { apiMachine, apiSimulation } from '../helpers/simulation-builders.ts'
import { stateOf } from '../helpers/state-builders.ts'

const gone: Problem = { kind: 'no-socket', path: '/sim/m2.sock' }
const blank: Problem = { kind: 'not-a-swarm', node: 'manager2' }

/** What is said of a simulation that was seen so last, or that does not answer any more. */
function say(problem: Problem, seen: ApiSimulation | null, settings: Partial<Settings> = {}): string {
  const simulation = { ...simulatingAt('/sim/control.sock', NOW), seen, answered: 3 }
  return explainFailure(stateOf({ settings, change: { simulation } }), problem)
}

test('an engine that is gone from a simulation is off, or has ended with it', () => {
  const isOff = apiSimulation({ machines: [apiMachine({ name: 'm2', power: 'off' })] })
  assert.equal(say(gone, isOff), 'm2 is off: S starts it')
  assert.equal(say({ kind: 'refused', address: 'unix:///sim/m2.sock' }, isOff), 'm2 is off: S starts it')
  assert.equal(say(gone, null), 'The simulation has ended')
})

test('what is not so in a simulation alone is said as of any engine', () => {
  const engines = /^There is no socket at \/sim\/m2\.sock; start the engine there/
  assert.match(say(gone, apiSimulation()), engines)
  assert.match(explainFailure(stateOf(), gone), engines)
  assert.match(say({ kind: 'locked', node: 'm2' }, null), /is locked/)
})

test('a simulation of blank machines says what to do on the first', () => {
  const settings: Partial<Settings> = {
    source: { kind: 'simulator', name: 'first-swarm' },
    hosts: ['unix:///sim/manager1.sock', 'unix:///sim/worker1.sock'],
  }
  const words = 'No machine is in a swarm yet; make one with docker -H unix:///sim/manager1.sock swarm init'
  assert.equal(say(blank, null, settings), words)
  assert.match(say(blank, apiSimulation()), /^manager2 is in no swarm/)
})
