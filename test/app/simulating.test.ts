import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { ApiSimulation } from '../../source/api/simulation.ts'
import { isSimulated } from '../../source/app/simulating.ts'
import type { Settings } from '../../source/app/state.ts'
import { apiInfo, apiManager, apiNode, NOW, SECOND, timeAgo } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { apiMachine, apiSimulation, simulatedReading } from '../helpers/simulation-builders.ts'

const BESIDE: Partial<Settings> = { hosts: ['unix:///sim/m1.sock'], controls: ['/sim/control.sock'] }

/** A dashboard on a simulation whose control has answered. */
function onSimulation(seen: Partial<ApiSimulation> = {}, reading = simulatedReading, settings: Partial<Settings> = {}) {
  const app = appWith(reading, { ...BESIDE, ...settings }).pass(0)
  const number = app.state.simulation?.sequence ?? -1
  app.happen({ kind: 'simulation-seen', number, simulation: apiSimulation(seen) })
  app.effects = []
  return app
}

/** What was asked of the control since the last look, looks aside. */
function wishes(app: App): readonly unknown[] {
  const asked = app.effects.flatMap((effect): readonly unknown[] => {
    if (effect.kind === 'change-clock') return [effect.change]
    return effect.kind === 'strike' ? [`${effect.fault.action} ${effect.fault.machine}`] : []
  })
  app.effects = []
  return asked
}

describe('a simulation', () => {
  test('is known by its label, and looked at beside the socket by which we came, every second', () => {
    const app = appWith(simulatedReading, BESIDE)
    app.pass(0)
    assert.deepEqual(
      app.effects.filter(effect => effect.kind === 'look-at-simulation'),
      [{ kind: 'look-at-simulation', number: 1, control: '/sim/control.sock' }],
    )
    app.happen({ kind: 'simulation-missed', number: 1 })
    app.effects = []
    app.pass(1000)
    assert.ok(app.effects.some(effect => effect.kind === 'look-at-simulation' && effect.number === 2))
  })

  test('does not get to say where its control is', () => {
    const app = appWith(simulatedReading, { hosts: ['tcp://m1:2375'], controls: [null] }).pass(0)
    assert.equal(app.state.simulation, null)
    assert.equal(isSimulated(app.state), true)
    assert.match(app.press(']').notice, /control of this simulation does not answer/)
  })

  test('is none where no engine says so, and its keys say that', () => {
    const app = appWith(wellReading, BESIDE).pass(0).press('2')
    assert.equal(isSimulated(app.state), false)
    for (const key of ['K', 'S', 'X', '\\', '[', ']', '.']) {
      assert.equal(app.press(key).notice, `${key} is a key for simulations, and this is a real swarm`)
    }
    assert.deepEqual(wishes(app), [])
  })

  test('that we have started ourselves is looked at before the first reading', () => {
    const own: Partial<Settings> = { ...BESIDE, source: { kind: 'simulator', name: 'quiet-day' } }
    const app = appWith(simulatedReading, own)
    assert.equal(app.state.simulation?.sequence, 1)
  })
})

describe('simulated time', () => {
  test('is paused, goes on, and is stepped', () => {
    const app = onSimulation()
    assert.deepEqual(wishes(app.press('\\', '\\', '.')), [
      { isPaused: true },
      { isPaused: false },
      { isPaused: true, stepMs: 1000 },
    ])
  })

  test('is made faster and slower in steps, each from the one before, answered or not', () => {
    const app = onSimulation({ speed: 1 })
    assert.deepEqual(
      wishes(app.press(']', ']', ']', '[', '[', '[', '[')),
      [2, 5, 10, 5, 2, 1, 0.5].map(speed => ({ speed })),
    )
    assert.deepEqual(wishes(onSimulation({ speed: 3 }).press(']', '[')), [{ speed: 5 }, { speed: 2 }])
  })

  test('has its limits', () => {
    assert.match(onSimulation({ speed: 1000 }).press(']').notice, /no faster/)
    assert.match(onSimulation({ speed: 0.1 }).press('[').notice, /no slower/)
  })

  test('stands as it was asked for, whatever an older answer says', () => {
    const app = onSimulation({ speed: 1 }).pass(1000)
    const look = app.state.simulation?.sequence ?? -1
    app.press(']').happen({ kind: 'simulation-seen', number: look, simulation: apiSimulation({ speed: 1 }) })
    assert.equal(app.state.simulation?.seen?.speed, 2)
  })

  test('that is refused says why', () => {
    const app = onSimulation().press(']')
    const number = app.state.simulation?.sequence ?? -1
    assert.equal(app.happen({ kind: 'clock-refused', number, text: 'too fast' }).notice, 'too fast')
  })

  test('may be changed by who may change nothing in the swarm', () => {
    assert.deepEqual(wishes(onSimulation({}, simulatedReading, { isReadOnly: true }).press('\\')), [{ isPaused: true }])
  })
})

test('since when things are so, and when they happened, counts in simulated time', () => {
  const after = (ms: number, state: 'ready' | 'down'): Partial<ApiReading> => ({
    ...simulatedReading,
    info: apiInfo({ ...simulatedReading.info, SystemTime: new Date(NOW + ms).toISOString() }),
    nodes: [
      apiManager('m1', { isLeader: true }),
      { ...apiNode({ name: 'w1', state }), UpdatedAt: timeAgo(5 * SECOND - ms) },
    ],
  })
  const app = onSimulation({ speed: 100 }, after(0, 'ready'))
  app.readNext(after(100 * SECOND, 'down'))
  const { sightings, journal } = app.state
  assert.equal(sightings.leader?.since, NOW)
  const down = Object.values(sightings.nodes).find(node => node.state === 'down')
  assert.equal(down?.stateSince, NOW + 100 * SECOND)
  assert.deepEqual(
    journal.map(({ at }) => at),
    [NOW + 95 * SECOND],
  )
})

test('that falls over to another machine says which one is gone, and no advice about engines', () => {
  const hosts = ['unix:///sim/m1.sock', 'unix:///sim/m2.sock']
  const app = onSimulation({}, simulatedReading, { hosts, controls: ['/sim/control.sock', '/sim/control.sock'] })
  app.pass(1000).fail({ kind: 'no-socket', path: '/sim/m1.sock' })
  assert.deepEqual(app.journal(), ['m1 does not answer any more'])
})

describe('a machine', () => {
  test('is killed, started and cut by a key, at once', () => {
    const app = onSimulation().press('2', 'G')
    assert.deepEqual(wishes(app.press('K', 'S', 'X')), ['kill w2', 'start w2', 'cut w2'])
    app.happen({ kind: 'fault-happened', fault: { kind: 'fault', action: 'kill', nodeId: 'n', machine: 'w2' } })
    assert.equal(app.notice, 'machine w2 killed')
    assert.deepEqual(app.journal(), ['machine w2 killed'])
  })

  test('that is cut off is healed by the same key', () => {
    const app = onSimulation({ machines: [apiMachine({ name: 'w2', isCut: true })] }).press('2', 'G', 'X')
    assert.deepEqual(wishes(app), ['heal w2'])
  })

  test('that cannot be says so in the words of the simulation', () => {
    const fault = { kind: 'fault', action: 'kill', nodeId: 'n', machine: 'w2' } as const
    assert.equal(onSimulation().happen({ kind: 'fault-refused', fault, text: 'w2 is off' }).notice, 'w2 is off')
  })

  test('without which the quorum is lost is asked about; Enter is enough', () => {
    const nodes = [
      apiManager('m1', { isLeader: true }),
      apiManager('m2', { reachability: 'unreachable' }),
      apiManager('m3'),
    ]
    for (const [key, wish] of [
      ['K', 'kill m1'],
      ['X', 'cut m1'],
    ] as const) {
      const app = onSimulation({}, { ...simulatedReading, nodes }).press('2', key)
      const question = app.state.acting.question?.question
      assert.match(
        question?.consequences[0]?.text ?? '',
        /^This loses the quorum: 1 of 3 managers reachable, majority 2/,
      )
      assert.deepEqual(question?.commands, [`swarmtop machine ${wish} --listen /sim`])
      assert.deepEqual(wishes(app), [])
      assert.deepEqual(wishes(app.consider().press('enter')), [wish])
    }
  })

  test('is off at once for the next key, whatever the last reading says of its node', () => {
    const app = onSimulation().press('2', 'j', 'K', 'j', 'K')
    assert.deepEqual(wishes(app), ['kill m2'])
    assert.match(app.state.acting.question?.question.title ?? '', /Kill the machine m3/)
  })

  test('counts as off or cut off when the simulation says so, though its node is not Down yet', () => {
    for (const gone of [{ power: 'off' }, { power: 'booting' }, { isCut: true }] as const) {
      const machines = [apiMachine({ name: 'm1' }), apiMachine({ name: 'm2', ...gone }), apiMachine({ name: 'm3' })]
      const app = onSimulation({ machines }).press('2', 'K')
      assert.match(app.state.acting.question?.question.title ?? '', /Kill the machine m1/)
      assert.deepEqual(wishes(app.press('n', 'j', 'K')), [])
    }
  })

  test('that could not be struck is looked at anew', () => {
    const app = onSimulation().press('2', 'G', 'K')
    const fault = { kind: 'fault', action: 'kill', nodeId: 'n', machine: 'w2' } as const
    app.happen({ kind: 'fault-refused', fault, text: 'w2 is off already' })
    app.effects = []
    assert.ok(app.pass(0).effects.some(({ kind }) => kind === 'look-at-simulation'))
  })

  test('is asked about no more when it is no longer needed', () => {
    const nodes = (isReachable: boolean): ApiReading['nodes'] => [
      apiManager('m1', { isLeader: true }),
      apiManager('m2', { reachability: isReachable ? 'reachable' : 'unreachable' }),
      apiManager('m3'),
    ]
    const app = onSimulation({}, { ...simulatedReading, nodes: nodes(false) }).press('2', 'K')
    app.readNext({ ...simulatedReading, nodes: nodes(true) })
    assert.equal(app.state.acting.question, null)
  })

  test('can be started while the swarm has no leader: that is how it gets one again', () => {
    const app = onSimulation().press('2')
    app.pass(1000).fail({ kind: 'no-leader', how: 'quorum', detail: '' })
    assert.deepEqual(wishes(app.press('S')), ['start m1'])
  })

  test('is safe from who may change nothing', () => {
    const app = onSimulation({}, simulatedReading, { isReadOnly: true }).press('2', 'G', 'K')
    assert.match(app.notice, /--read-only/)
    assert.deepEqual(wishes(app), [])
  })
})
