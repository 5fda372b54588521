import assert from 'node:assert/strict'
import { type TestContext, test } from 'node:test'
import type { ApiReading } from '../source/api/info.ts'
import type { Operation } from '../source/operations/operation.ts'
import { createRehearsals } from '../source/perform-rehearsal.ts'
import type { Event } from '../source/program.ts'
import { HeldClock } from './helpers/held-clock.ts'
import { onNode, readingOf, sayMoves } from './helpers/rehearsal-builders.ts'
import { serviceSpec, simulatedSwarm } from './helpers/simulated-swarm.ts'

test('a rehearsal is answered with its plan', async context => {
  const { rehearse, told, drain } = rehearsals(context)
  await rehearse(1, [drain('node5')])
  assert.deepEqual(told.map(sayEvent), ['1: api.1 moves node5 → node4'])
  await rehearse(2, [drain('node4')])
  assert.deepEqual(told.map(sayEvent).slice(1), ['2: '])
})

test('of several that are wished for at once only the last is told of', async context => {
  const { rehearse, told, drain } = rehearsals(context)
  await Promise.all([1, 2, 3].map(number => rehearse(number, [drain('node5')])))
  assert.deepEqual(told.map(sayEvent), ['3: api.1 moves node5 → node4'])
})

test('without a reading there is nothing to rehearse on', async context => {
  const { rehearse, told } = rehearsals(context)
  await rehearse(1, [], 7)
  assert.deepEqual(told.map(sayEvent), ['1 failed: nothing has been read yet'])
})

test('when the worker dies that is told, and the next rehearsal has another one', async context => {
  const { rehearse, told, drain } = rehearsals(context)
  await rehearse(1, [{ kind: 'unheard-of' } as unknown as Operation])
  assert.match(sayEvent(told[0]), /^1 failed: .*unheard-of/)
  await rehearse(2, [drain('node5')])
  assert.deepEqual(told.map(sayEvent).slice(1), ['2: api.1 moves node5 → node4'])
})

test('a worker that has had nothing to do for a minute is let go, and another one comes when it is needed', async context => {
  const { rehearse, told, drain, clock } = rehearsals(context)
  await rehearse(1, [drain('node5')])
  clock.advance(61_000)
  await rehearse(2, [drain('node5')])
  assert.equal(told.length, 2)
})

test('when the hosts change nothing of the old ones is told any more', async context => {
  const { rehearse, told, drain, forget } = rehearsals(context)
  const answered = rehearse(1, [drain('node5')])
  forget()
  await answered
  assert.deepEqual(told, [])
})

function rehearsals(context: TestContext) {
  const clock = new HeldClock(1_000_000)
  const told: Event[] = []
  const { keep, rehearse, forget } = createRehearsals(clock)
  context.after(forget)
  const swarm = simulatedSwarm({ managers: 1, workers: 4 })
  for (const name of ['node1', 'node2', 'node3', 'node4']) swarm.changeNode(name, { Availability: 'pause' })
  swarm.create(serviceSpec('api', { replicas: 1 }))
  swarm.pass(60_000)
  swarm.changeNode('node4', { Availability: 'active' })
  const reading: ApiReading = readingOf(swarm)
  keep(0, reading)
  return {
    clock,
    told,
    forget,
    drain: (name: string) => onNode(swarm, 'drain', name),
    rehearse: (number: number, operations: readonly Operation[], host = 0) =>
      rehearse({ number, host, operations }, event => told.push(event)),
  }
}

function sayEvent(event: Event | undefined): string {
  if (event?.kind === 'rehearsal-failed') return `${event.number} failed: ${event.text}`
  return event?.kind === 'rehearsed' ? `${event.number}: ${sayMoves(event.plan).join(', ')}` : `${event?.kind}`
}
