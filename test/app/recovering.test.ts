import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import type { ApiMachine } from '../../source/api/simulation.ts'
import { chosenLine, shownRecovery } from '../../source/app/recovering.ts'
import type { Settings } from '../../source/app/state.ts'
import { apiManager, apiNode, nodeIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'
import { apiMachine, apiSimulation, simulatedReading } from '../helpers/simulation-builders.ts'

const BESIDE: Partial<Settings> = { hosts: ['unix:///sim/m1.sock'], controls: ['/sim/control.sock'] }

const off = (name: string): ApiMachine => apiMachine({ name, power: 'off' })
const on = (name: string, address = '10.0.0.1'): ApiMachine => apiMachine({ name, address })

/** m1 is left of three managers, and has said that it finds no leader. */
function lose(app: App): App {
  app.pass(1000).fail({ kind: 'no-leader', how: 'timeout', detail: 'context deadline exceeded' })
  app.effects = []
  return app
}

function onSimulation(machines: readonly ApiMachine[] = [on('m1'), off('m2'), off('m3')], settings = {}): App {
  const app = appWith(simulatedReading, { ...BESIDE, ...settings }).pass(0)
  const number = app.state.simulation?.sequence ?? -1
  app.happen({ kind: 'simulation-seen', number, simulation: apiSimulation({ machines }) })
  return lose(app)
}

const onRealSwarm = () => lose(appWith(wellReading))

/** As a reading shows it when a new cluster was forced on m1. */
const forced = (...others: Required<ApiReading>['nodes']): Partial<ApiReading> => ({
  ...simulatedReading,
  nodes: [apiManager('m1', { isLeader: true }), ...others, apiNode({ name: 'w1' }), apiNode({ name: 'w2' })],
})
const outside = (name: string) => apiManager(name, { reachability: null, state: 'down' })

const choices = ({ state }: App) => {
  const card = shownRecovery(state)
  return card?.kind === 'lost' ? card.choices.map(({ words }) => words) : null
}
const steps = ({ state }: App) => {
  const card = shownRecovery(state)
  return card?.kind === 'remaining' ? card.steps.map(({ isDone, text }) => `${isDone ? 'x' : ' '} ${text}`) : null
}

describe('the card of a lost quorum', () => {
  test('in a real swarm tells the command and copies it, and does nothing', () => {
    const app = onRealSwarm()
    assert.deepEqual(choices(app), [])
    app.press('enter', 'c')
    assert.deepEqual(app.asked(), ['copy'])
    assert.equal(app.state.acting.question, null)
    assert.match(
      app.notice,
      /^Copied docker swarm init --force-new-cluster --advertise-addr 10\.0\.0\.1: for a shell on m1/,
    )
  })

  test('in a simulation offers to start what is off, to heal what is cut, and a new cluster on what is up', () => {
    const machines = [on('m1'), off('m2'), apiMachine({ name: 'm3', isCut: true })]
    assert.deepEqual(choices(onSimulation(machines)), [
      'start m2',
      'heal the network of m3',
      'force a new cluster on m1',
    ])
    assert.deepEqual(choices(onSimulation([on('m1'), apiMachine({ name: 'm2', power: 'booting' }), off('m3')])), [
      'start m3',
      'force a new cluster on m1',
    ])
  })

  test('Enter starts the machine that is chosen, at once', () => {
    const app = onSimulation().press('down', 'enter')
    assert.deepEqual(
      app.effects.map(effect =>
        effect.kind === 'strike' ? `${effect.fault.action} ${effect.fault.machine}` : effect.kind,
      ),
      ['start m3'],
    )
  })

  test('what is chosen stays chosen while machines come and go', () => {
    const app = onSimulation().press('down', 'down')
    const card = shownRecovery(app.state)
    assert.ok(card !== null)
    assert.equal(chosenLine(app.state, card), `force ${nodeIdOf('m1')}`)
    app.press('up', 'up', 'up')
    assert.equal(chosenLine(app.state, card), `start ${nodeIdOf('m2')}`)
  })

  test('with --read-only shows all of it, and offers nothing', () => {
    const app = onSimulation(undefined, { isReadOnly: true })
    assert.deepEqual(choices(app), [])
    assert.deepEqual(app.press('enter', 'c').asked(), ['copy'])
  })

  test('Esc puts it away and :recovery brings it back', () => {
    const app = onSimulation().press('esc')
    assert.equal(shownRecovery(app.state), null)
    app.press(':').type('recovery').press('enter')
    assert.equal(shownRecovery(app.state)?.kind, 'lost')
  })

  test(':recovery says so where there is none', () => {
    assert.match(appWith(wellReading).press(':').type('recovery').press('enter').notice, /^The quorum is there/)
  })
})

describe('a new cluster', () => {
  const ask = () => onSimulation().press('down', 'down', 'enter').consider()

  test('is forced only when the name is typed, on the machine that is left', () => {
    const app = ask()
    assert.equal(app.state.acting.question?.question.title, 'Force a new cluster on m1?')
    app.press('y', 'enter')
    assert.deepEqual(app.asked(), [])
    app.press('backspace').type('m1').press('enter')
    assert.deepEqual(app.effects, [
      {
        kind: 'force-new-cluster',
        control: '/sim/control.sock',
        newCluster: { kind: 'new-cluster', nodeId: nodeIdOf('m1'), name: 'm1', machine: 'm1', address: '10.0.0.1' },
      },
    ])
    assert.equal(app.state.recovering.underWay, 'm1')
    assert.ok(app.journal().includes('force a new cluster on m1'))
  })

  test('is not asked about twice while it is under way, nor when the quorum is back', () => {
    const app = ask().type('m1').press('enter')
    app.press('enter')
    assert.equal(app.notice, 'A new cluster is being forced on m1')
    const back = ask()
    back.pass(1000).answer(simulatedReading)
    assert.equal(back.state.acting.question, null)
    assert.equal(back.notice, 'The quorum is there: no new cluster is needed')
  })

  test('that was refused says why, and can be asked for again', () => {
    const app = ask().type('m1').press('enter')
    const [effect] = app.effects
    assert.ok(effect?.kind === 'force-new-cluster')
    app.happen({ kind: 'new-cluster-answered', newCluster: effect.newCluster, trouble: 'it is no manager' })
    assert.equal(app.notice, 'No new cluster was forced: it is no manager')
    assert.equal(app.press('enter').consider().state.acting.question?.question.title, 'Force a new cluster on m1?')
  })
})

describe('after a new cluster was forced, by whomever', () => {
  const after = (app = onRealSwarm()) => app.pass(1000).answer(forced(outside('m2'), outside('m3')))

  test('what remains stands on a card that ticks itself, in a real swarm as well', () => {
    const app = after()
    assert.deepEqual(
      steps(app)?.map(line => line.slice(0, 12)),
      ['x m1 leads', '  m2 is Down', '  m3 is Down', '  1 manager,'],
    )
    app.readNext(forced(outside('m3')))
    assert.deepEqual(
      steps(app)?.map(line => line[0]),
      ['x', 'x', ' ', ' '],
    )
  })

  test('Enter goes to the node that a line is about, or to all', () => {
    assert.deepEqual(after().press('enter').view.screen, { kind: 'node', nodeId: nodeIdOf('m2') })
    assert.deepEqual(after().press('down', 'down', 'enter').view.screen, { kind: 'nodes' })
  })

  test('put away it stays away with the next readings, and :recovery brings it back', () => {
    const app = after()
      .press('esc')
      .readNext(forced(outside('m2'), outside('m3')))
    assert.equal(shownRecovery(app.state), null)
    assert.notEqual(steps(app.press(':').type('quorum').press('enter')), null)
  })

  test('it is over when all is made good', () => {
    const app = after().readNext(forced(apiManager('m2'), apiManager('m3')))
    assert.equal(shownRecovery(app.state), null)
    assert.equal(app.state.recovering.forced, null)
    assert.equal(app.journal().at(-1), 'what the new cluster on m1 had lost is made good')
  })
})
