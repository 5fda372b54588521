import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { MachineAction } from '../../source/rules/machine-action.ts'
import { load, type Simulator } from '../../source/simulator/simulator.ts'
import type { ImageBehaviour } from '../../source/simulator/world/image.ts'
import type { World } from '../../source/simulator/world/world.ts'
import { EPOCH_MS, serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'

type Step = (simulator: Simulator) => unknown

const IMAGES: Readonly<Record<string, Partial<ImageBehaviour>>> = {
  web: {},
  chatty: { log: { everyMs: [50, 150], lines: ['{n}', '2> {n}'] }, firstWords: ['hello'] },
  flaky: { exit: { chance: 0.7, afterMs: [500, 5_000], code: 1 } },
  stubborn: { stopMs: 'ignores-signal' },
}

/** An update under way, health checks, crashes, logs and events that are followed. */
const BUSY: readonly Step[] = [
  create('web', { replicas: 4, order: 'start-first' }),
  create('chatty', { replicas: 3 }),
  create('flaky', { replicas: 'global' }),
  create('stubborn', { replicas: 2 }),
  pass(3_000),
  call('node1', 'GET', '/events'),
  call('node3', 'GET', `/events?until=${EPOCH_MS / 1_000 + 20}`),
  call('node2', 'GET', '/services/chatty/logs?follow=1&stdout=1&stderr=1'),
  change('web', 'node1'),
  change('stubborn', 'node1'),
  pass(700),
]

const STORIES: Readonly<Record<string, readonly Step[]>> = {
  'an election, while calls hang': [
    ...BUSY,
    strike('node1', 'kill'),
    pass(100),
    call('node2', 'GET', '/services'),
    change('web', 'node3'),
    pass(9_000),
    strike('node1', 'start'),
    call('node1', 'GET', '/info'),
    pass(3_000),
    pass(12_000),
    call('node2', 'GET', '/tasks'),
    pass(60_000),
  ],
  'two leaders, of whom one is cut off': [
    ...BUSY,
    strike('node1', 'cut'),
    change('web', 'node1'),
    pass(11_000),
    call('node1', 'GET', '/nodes'),
    pass(9_000),
    change('chatty', 'node2'),
    strike('node1', 'heal'),
    pass(30_000),
    call('node2', 'GET', '/tasks'),
  ],
  'a quorum that is lost and comes back': [
    ...BUSY,
    strike('node2', 'poweroff'),
    strike('node3', 'kill'),
    change('web', 'node1'),
    pass(15_000),
    call('node1', 'GET', '/nodes'),
    pass(25_000),
    strike('node3', 'start'),
    pass(40_000),
    call('node1', 'GET', '/tasks'),
  ],
}

for (const [name, steps] of Object.entries(STORIES)) {
  test(`a world that was written down goes on as if it had not been: ${name}`, () => {
    const told = play(steps, null)
    for (let index = 0; index < steps.length; index++)
      assert.deepEqual(play(steps, index), told, `before step ${index}`)
  })
}

/** All that is said on the way, and the world at the end. */
function play(steps: readonly Step[], keptBefore: number | null): readonly string[] {
  let { simulator } = simulatedSwarm({ images: IMAGES })
  const told = steps.map((step, index) => {
    if (index === keptBefore) simulator = load(JSON.parse(JSON.stringify(simulator.world)) as World)
    return JSON.stringify(step(simulator)) ?? ''
  })
  return [...told, JSON.stringify(simulator.world)]
}

function pass(ms: number): Step {
  return simulator => simulator.advance(simulator.world.now + ms)
}

function strike(machine: string, action: MachineAction): Step {
  return simulator => simulator.inject({ kind: 'machine', machine, action })
}

function call(machine: string, method: string, path: string, body?: unknown): Step {
  const headers = { 'content-type': body === undefined ? undefined : 'application/json' }
  return simulator =>
    simulator.handle({ machine, method, path, headers, body: body === undefined ? '' : JSON.stringify(body) })
}

function create(
  name: string,
  { replicas, order }: { readonly replicas: number | 'global'; readonly order?: string },
): Step {
  const update = { Parallelism: 2, Delay: 1e9, FailureAction: 'rollback', Order: order ?? 'stop-first' }
  return call('node1', 'POST', '/services/create', serviceSpec(name, { image: `${name}:1`, replicas, update }))
}

function change(name: string, machine: string): Step {
  return simulator => {
    const services = Object.values(simulator.world.swarms).flatMap(({ services }) => Object.values(services))
    const service = services.find(({ spec }) => spec.Name === name)
    assert.ok(service)
    const { TaskTemplate } = service.spec
    const spec = {
      ...service.spec,
      TaskTemplate: { ...TaskTemplate, ForceUpdate: (TaskTemplate?.ForceUpdate ?? 0) + 1 },
    }
    return call(machine, 'POST', `/services/${name}/update?version=${service.version}`, spec)(simulator)
  }
}
