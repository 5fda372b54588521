import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { sendOperation } from '../../source/app/acting.ts'
import { startSequence, stopSequence } from '../../source/app/sequences.ts'
import type { Step } from '../../source/app/step.ts'
import type { Operation, Outcome } from '../../source/operations/operation.ts'
import { apiNode, nodeIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const on = (kind: 'drain' | 'pause' | 'activate', name: string): Operation => ({ kind, nodeId: nodeIdOf(name), name })

const pauseBoth = {
  kind: 'sequence',
  name: 'pause w1 and w2',
  operations: [on('pause', 'w1'), on('pause', 'w2')],
  undo: [],
} as const

function take(app: App, { state, effects }: Step): App {
  app.state = state
  app.effects.push(...effects)
  return app
}

const begin = (
  sequence: Parameters<typeof startSequence>[1] = pauseBoth,
  reading: Partial<ApiReading> = wellReading,
) => {
  const app = appWith(reading)
  return take(app, startSequence(app.state, sequence))
}

/** What was sent since the last look: `pause w1`. */
function sent(app: App): readonly string[] {
  const operations = app.effects.flatMap(effect => (effect.kind === 'operate' ? [effect.operation] : []))
  app.effects = []
  return operations.map(({ kind, name }) => `${kind} ${name}`)
}

/** The engine accepts what was sent last, and the next reading shows the nodes so. */
function accept(app: App, availability: Readonly<Record<string, 'pause' | 'drain' | 'active'>>): App {
  answer(app, { kind: 'accepted', version: 10, forceUpdate: null, warnings: [] })
  const nodes = (wellReading.nodes ?? []).map(node => {
    const name = node.Description?.Hostname ?? ''
    return availability[name] === undefined ? node : apiNode({ name, availability: availability[name], version: 11 })
  })
  return app.answer({ ...wellReading, nodes })
}

function answer(app: App, outcome: Outcome): void {
  const running = app.state.acting.running.at(-1)
  assert.ok(running)
  app.consider().happen({ kind: 'operation-answered', number: running.number, operation: running.operation, outcome })
}

describe('operations one after another', () => {
  test('the first is sent at once, the next when it has converged, and the end is told', () => {
    const app = begin()
    assert.deepEqual(sent(app), ['pause w1'])
    accept(app, { w1: 'pause' })
    assert.deepEqual(sent(app), ['pause w2'])
    accept(app, { w1: 'pause', w2: 'pause' })
    assert.deepEqual(app.state.acting.sequences, [])
    assert.match(app.journal().at(-1) ?? '', /^pause w1 and w2: done in /)
  })

  test('what is so already is passed over', () => {
    const nodes = (wellReading.nodes ?? []).map(node =>
      node.Description?.Hostname === 'w1' ? apiNode({ name: 'w1', availability: 'pause' }) : node,
    )
    assert.deepEqual(sent(begin(pauseBoth, { ...wellReading, nodes })), ['pause w2'])
  })

  test('a refusal ends all of it, in the words of who refused', () => {
    const app = begin()
    sent(app)
    answer(app, { kind: 'refused', text: 'update out of sequence' })
    assert.deepEqual(sent(app), [])
    assert.match(app.journal().at(-1) ?? '', /^pause w1 and w2 broken off after 0 of 2: w1: update out of sequence/)
  })

  test('what cannot be done any more ends it too', () => {
    const app = begin()
    answer(app, { kind: 'accepted', version: 10, forceUpdate: null, warnings: [] })
    const nodes = [...(wellReading.nodes ?? [])]
      .filter(({ Description }) => Description?.Hostname !== 'w2')
      .map(node =>
        node.Description?.Hostname === 'w1' ? apiNode({ name: 'w1', availability: 'pause', version: 11 }) : node,
      )
    app.answer({ ...wellReading, nodes })
    assert.match(app.journal().at(-1) ?? '', /broken off after 1 of 2: Node w2 is no longer in the swarm/)
  })

  test('while the swarm does not answer the next one waits, says so, and is sent when it does', () => {
    const app = appWith(wellReading).pass(1000).fail({ kind: 'no-leader', how: 'quorum', detail: '' })
    app.effects = []
    take(app, startSequence(app.state, pauseBoth))
    assert.deepEqual(sent(app), [])
    assert.match(app.state.acting.sequences[0]?.waitsFor ?? '', /does not answer/)
    app.pass(10_000).answer(wellReading)
    assert.deepEqual(sent(app), ['pause w1'])
  })

  test('stopped by hand, it lets the one under way come to its end and puts back what it had begun', () => {
    const drainGently = { ...pauseBoth, name: 'drain w1 gently', undo: [on('activate', 'w1')] }
    const app = begin(drainGently)
    sent(app)
    take(app, stopSequence(app.state, app.state.acting.sequences[0]?.number ?? 0))
    assert.deepEqual(sent(app), [])
    accept(app, { w1: 'pause' })
    assert.match(app.journal().join('\n'), /drain w1 gently broken off after 1 of 2: stopped by hand/)
    assert.deepEqual(sent(app), ['activate w1'])
  })

  test('another operation on the same object takes its place', () => {
    const app = begin()
    answer(app, { kind: 'accepted', version: 10, forceUpdate: null, warnings: [] })
    take(app, sendOperation(app.state, on('drain', 'w1')))
    app.pass(10)
    assert.deepEqual(app.state.acting.sequences, [])
    assert.match(app.journal().join('\n'), /broken off after 0 of 2: w1 is no longer watched/)
  })
})
