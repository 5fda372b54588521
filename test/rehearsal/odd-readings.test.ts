import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ApiReading } from '../../source/api/info.ts'
import { rehearse } from '../../source/rehearsal/rehearse.ts'
import { forceUpdate, onNode, readingOf, sayMoves } from '../helpers/rehearsal-builders.ts'
import { serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

/** How many of each; `RUNS=2000` looks deeper. */
const RUNS = Number(process.env.RUNS ?? 60)

const ODD: readonly unknown[] = [
  null,
  '',
  'constructor',
  '__proto__',
  -1,
  0,
  1e308,
  0.5,
  true,
  [],
  {},
  [null],
  'x'.repeat(300),
  '\u001b[31m',
]

test('of a reading that says nothing no more is said', () => {
  const nothing: ApiReading = { info: {}, version: {}, nodes: [], services: [], tasks: [] }
  const plan = rehearse({ reading: nothing, operations: [{ kind: 'drain', nodeId: 'gone', name: 'gone' }] })
  assert.deepEqual([plan.moves, plan.refused.map(({ text }) => text)], [[], ['no manager answers']])
})

test('whatever is missing in a reading or of another kind than it should be, there is a plan', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 2 })
  swarm.create(serviceSpec('api', { replicas: 3, memoryBytes: 1e9, constraints: ['node.role==worker'] }))
  swarm.create(serviceSpec('agent', { replicas: 'global', ports: [80] }))
  swarm.pass(60_000)
  const reading = readingOf(swarm)
  const operations = [onNode(swarm, 'drain', 'node2'), forceUpdate(swarm, 'api')]
  const damage = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...ODD)), { minLength: 1, maxLength: 12 })
  fc.assert(
    fc.property(damage, damages => {
      const odd = structuredClone(reading)
      const places = [...placesIn(odd)]
      for (const [choice, value] of damages) {
        const { holder, key } = places[choice % places.length] ?? assert.fail('nothing to damage')
        if (value === '') delete holder[key]
        else holder[key] = value
      }
      const plan = rehearse({ reading: odd, operations, limits: { steps: 5_000 } })
      assert.ok(plan.end.kind === 'converged' || plan.end.kind === 'limit')
    }),
    { numRuns: RUNS, seed: 7 },
  )
})

test('tasks of services that are gone, and nodes that nobody knows, are no reason for anything', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 2 })
  swarm.create(serviceSpec('api', { replicas: 3 }))
  swarm.pass(60_000)
  const { tasks, ...reading } = readingOf(swarm)
  const stray = tasks.map(task => ({ ...task, ID: `${task.ID}x`, ServiceID: 'gone', NodeID: 'nowhere' }))
  const operations = [onNode(swarm, 'drain', 'node2')]
  const [plain, other] = [tasks, [...tasks, ...stray]].map(all =>
    rehearse({ reading: { ...reading, tasks: all }, operations }),
  )
  assert.deepEqual(plain && sayMoves(plain), other && sayMoves(other))
})

test('a field that this program has no name for makes no task another one', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 2 })
  swarm.create(serviceSpec('api', { replicas: 3 }))
  swarm.pass(60_000)
  const reading = JSON.parse(
    JSON.stringify(readingOf(swarm)).replaceAll('"ForceUpdate":0', '"ForceUpdate":0,"Novelty":{"A":1}'),
  )
  const serviceId = reading.services[0].ID
  const plan = rehearse({ reading, operations: [{ kind: 'scale', serviceId, name: 'api', replicas: 4 }] })
  assert.deepEqual(
    plan.moves.map(({ task, fate }) => `${task} ${fate}`),
    ['api.4 starts'],
  )
})

type Holder = Record<string, unknown>

function* placesIn(value: unknown): Generator<{ readonly holder: Holder; readonly key: string }> {
  if (typeof value !== 'object' || value === null) return
  const holder = value as Holder
  for (const key of Object.keys(holder)) {
    // Lists are lists of objects with IDs: the reader of an engine's answers sees to that.
    const isGiven = ['info', 'version', 'nodes', 'services', 'tasks'].includes(key) || /^\d+$/.test(key)
    if (!isGiven) yield { holder, key }
    yield* placesIn(holder[key])
  }
}
