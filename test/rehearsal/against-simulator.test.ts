import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import type { ApiTask } from '../../source/api/task.ts'
import type { Operation } from '../../source/operations/operation.ts'
import type { Plan } from '../../source/operations/plan.ts'
import { carryOut } from '../../source/rehearsal/carry-out.ts'
import { rehearse } from '../../source/rehearsal/rehearse.ts'
import { isLive, isTerminal } from '../../source/rules/task-state.ts'
import { machineOfNode } from '../../source/simulator/world/machine.ts'
import { forceUpdate, onNode, readingOf, scale } from '../helpers/rehearsal-builders.ts'
import { driveSwarm, type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

/** How many swarms; `RUNS=500` looks deeper. */
const RUNS = Number(process.env.RUNS ?? 25)
const SETTLED_MS = 120_000

type Wish = {
  readonly services: readonly (Parameters<typeof serviceSpec>[1] & { readonly name: string })[]
  readonly before: readonly { readonly node: string; readonly availability: string }[]
  readonly operation: (swarm: SimulatedSwarm) => Operation
}

const NODES = ['node1', 'node2', 'node3', 'node4', 'node5', 'node6']
const node = fc.constantFrom(...NODES)
const service = fc.record({
  name: fc.constantFrom('api', 'web', 'db', 'agent'),
  replicas: fc.oneof({ weight: 4, arbitrary: fc.integer({ min: 1, max: 6 }) }, fc.constant('global' as const)),
  memoryBytes: fc.constantFrom(0, 1e9, 2e9, 3e9),
  constraints: fc.constantFrom([], [], ['node.role==worker'], ['node.hostname!=node2']),
  maxReplicasPerNode: fc.constantFrom(0, 0, 1, 2),
  restart: fc.constantFrom(undefined, undefined, { Condition: 'none' }, { Condition: 'any', Delay: 1e9 }),
  update: fc.constantFrom(undefined, { Parallelism: 1, Order: 'start-first' }, { Parallelism: 2, Delay: 3e9 }),
})
const wish: fc.Arbitrary<Wish> = fc.record({
  services: fc.uniqueArray(service, {
    minLength: 1,
    maxLength: 4,
    selector: ({ name }) => name,
  }) as unknown as fc.Arbitrary<Wish['services']>,
  before: fc.array(fc.record({ node, availability: fc.constantFrom('drain', 'pause', 'active') }), { maxLength: 2 }),
  operation: fc.oneof(
    fc.tuple(fc.constantFrom('drain', 'drain', 'activate', 'pause', 'promote', 'demote'), node).map(
      ([kind, name]) =>
        (swarm: SimulatedSwarm) =>
          onNode(swarm, kind as 'drain', name),
    ),
    fc.nat(3).map(index => (swarm: SimulatedSwarm) => forceUpdate(swarm, nth(swarm, index))),
    fc.tuple(fc.nat(3), fc.integer({ min: 0, max: 8 })).map(
      ([index, replicas]) =>
        (swarm: SimulatedSwarm) =>
          scale(swarm, nth(swarm, index), replicas),
    ),
  ),
})

test('what a rehearsal says is what a swarm then does', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1e6 }), wish, (seed, { services, before, operation: wished }) => {
      const swarm = simulatedSwarm({ managers: 3, workers: 3, seed, memoryBytes: 6e9, images: { redis: {} } })
      for (const { name, ...spec } of services) swarm.create(serviceSpec(name, spec))
      swarm.pass(SETTLED_MS)
      for (const { node, availability } of before) swarm.changeNode(node, { Availability: availability })
      swarm.pass(SETTLED_MS)
      const operation = wished(swarm)
      const plan = rehearse({ reading: readingOf(swarm), operations: [operation] })
      const { simulator } = swarm
      const first = slotsOf(swarm)
      const stored = simulator.world.swarms.s0 ?? assert.fail('no swarm')
      const outcome = carryOut(simulator, { world: simulator.world, swarm: stored }, operation)
      assert.deepEqual(
        plan.refused.map(({ text }) => text),
        outcome.kind === 'refused' ? [outcome.text] : [],
      )
      swarm.pass(plan.end.afterMs + SETTLED_MS)
      const leader = machineOfNode(simulator.world, stored, stored.raft.leader)
      compare(plan, first, slotsOf(driveSwarm(simulator, leader?.name)))
    }),
    { numRuns: RUNS, seed: Number(process.env.SEED ?? 5) },
  )
})

/** Who is meant to be in each slot, by service and slot. */
type Slots = ReadonlyMap<string, readonly ApiTask[]>

function slotsOf(swarm: SimulatedSwarm): Slots {
  const live = swarm
    .tasks()
    .filter(({ DesiredState = '', Status }) => isLive(DesiredState) && !isTerminal(Status?.State ?? ''))
  return Map.groupBy(live, ({ ServiceID, Slot, NodeID }) => `${ServiceID} ${Slot ?? NodeID}`)
}

type Fate = 'moves' | 'starts' | 'gone'

function compare(plan: Plan, first: Slots, last: Slots): void {
  const seen = new Map<string, Fate>()
  for (const key of new Set([...first.keys(), ...last.keys()])) {
    const [before, after] = [placedIn(first, key), placedIn(last, key)]
    const newcomer = after.find(task => !before.some(({ ID, NodeID }) => ID === task.ID && NodeID === task.NodeID))
    const isLeft = before.some(({ ID }) => !after.some(task => task.ID === ID))
    if (newcomer !== undefined) seen.set(key, isLeft ? 'moves' : 'starts')
    else if (isLeft) seen.set(key, 'gone')
    const move = plan.moves.find(({ serviceId, slot }) => `${serviceId} ${slot}` === key)
    if (newcomer === undefined || move?.to == null) continue
    const places = move.to.map(({ nodeId }) => nodeId)
    assert.ok(places.includes(newcomer.NodeID ?? ''), `${move.task} came up on ${newcomer.NodeID} instead of ${places}`)
  }
  const planned = new Map(
    plan.moves.map(({ serviceId, slot, fate }): [string, Fate] => [
      `${serviceId} ${slot}`,
      fate === 'ends' || fate === 'lost' ? 'gone' : fate,
    ]),
  )
  const isChance = (key: string) =>
    [...plan.unplaced, ...plan.moves].some(({ serviceId, among }) => among.length > 1 && key.startsWith(serviceId))
  assert.deepEqual(sayFates(planned, isChance), sayFates(seen, isChance))
  const waiting = [...last]
    .filter(([key]) => !isChance(key))
    .flatMap(([key]) => (hasWaiting(first, key) ? [] : waitingIn(last, key)))
  assert.deepEqual(
    plan.unplaced
      .filter(({ serviceId }) => !isChance(serviceId))
      .map(({ serviceId, reason }) => `${serviceId}: ${reason}`)
      .toSorted(),
    waiting.map(({ ServiceID, Status }) => `${ServiceID}: ${Status?.Err}`).toSorted(),
  )
}

const placedIn = (slots: Slots, key: string) => (slots.get(key) ?? []).filter(({ NodeID }) => NodeID !== undefined)
const waitingIn = (slots: Slots, key: string) => (slots.get(key) ?? []).filter(({ NodeID }) => NodeID === undefined)
const hasWaiting = (slots: Slots, key: string) => waitingIn(slots, key).length > 0

/** Where it is chance who of a service waits in the end, only how many have a place can be said. */
function sayFates(fates: ReadonlyMap<string, Fate>, isChance: (key: string) => boolean): readonly string[] {
  const [by, certain] = [new Map<string, number>(), [] as string[]]
  for (const [key, fate] of fates) {
    const [service = ''] = key.split(' ')
    if (isChance(key)) by.set(service, (by.get(service) ?? 0) + { starts: 1, moves: 0, gone: -1 }[fate])
    else certain.push(`${key} ${fate}`)
  }
  return [
    ...certain,
    ...[...by].filter(([, more]) => more !== 0).map(([service, more]) => `${service} ${more}`),
  ].toSorted()
}

function nth(swarm: SimulatedSwarm, index: number): string {
  const services = swarm.services()
  return services[index % services.length]?.Spec?.Name ?? ''
}
