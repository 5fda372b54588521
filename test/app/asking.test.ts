import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ApiReading } from '../../source/api/info.ts'
import { askForSequence } from '../../source/app/asking.ts'
import { danger } from '../../source/operations/consequence.ts'
import type { Confirmation, Operation } from '../../source/operations/operation.ts'
import type { Sequence } from '../../source/operations/sequence.ts'
import { apiNode, apiService, apiTasks, nodeIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const question = (app: App) => app.state.acting.question?.question

/** What was sent since the last look: `drain w1`. */
function sent(app: App): readonly string[] {
  const operations = app.effects.flatMap(effect => (effect.kind === 'operate' ? [effect.operation] : []))
  app.effects = []
  return operations.map(({ kind, name }) => `${kind} ${name}`)
}

/** The same swarm with nodes changed, added, or taken away. */
function nodesAre(change: Readonly<Record<string, ReturnType<typeof apiNode> | null>>): Partial<ApiReading> {
  const known = wellReading.nodes ?? []
  const nameOf = (node: (typeof known)[number]) => node.Description?.Hostname ?? ''
  const kept = known.flatMap(node => {
    const changed = change[nameOf(node)]
    return changed === undefined ? [node] : changed === null ? [] : [changed]
  })
  const added = Object.entries(change).filter(([name]) => !known.some(node => nameOf(node) === name))
  return { ...wellReading, nodes: [...kept, ...added.flatMap(([, node]) => node ?? [])] }
}

/** A question about draining w2 that is answered as `confirmation` says. */
function askedWith(confirmation: Confirmation): App {
  const app = appWith(wellReading).press('2', 'G', 'd').consider()
  const asked = app.state.acting.question
  assert.ok(asked)
  const graver = { ...asked, question: { ...asked.question, confirmation } }
  app.state = { ...app.state, acting: { ...app.state.acting, question: graver } }
  return app.pass(0)
}

describe('a name that has to be typed', () => {
  const typing = () => askedWith({ kind: 'type', name: 'w2' })

  test('is typed letter by letter, also those that answer other questions', () => {
    assert.deepEqual(sent(typing().type('y').press('enter')), [])
    assert.deepEqual(sent(typing().type('w2').press('enter')), ['drain w2'])
    assert.deepEqual(sent(typing().type('nqw').press('backspace', 'ctrl+u').type('w2').press('enter')), ['drain w2'])
  })

  test('and is another, or none yet: nothing is done, and it is said', () => {
    const app = typing().press('enter')
    assert.match(app.notice, /^Nothing is done yet; type w2, or leave with Esc$/)
    app.type('w1').press('enter')
    assert.match(app.notice, /"w1" is not it; type w2/)
    assert.deepEqual(sent(app), [])
    assert.equal(app.state.acting.question?.typed, 'w1')
  })

  test('may be pasted, and the line break behind it is no Enter', () => {
    const app = typing().happen({ kind: 'pasted', text: 'w2\n' })
    assert.deepEqual(sent(app), [])
    assert.deepEqual(sent(app.press('enter')), ['drain w2'])
  })

  test('is not taken from what is pasted by mistake, however long that is', () => {
    const app = typing().happen({ kind: 'pasted', text: 'w2\n'.repeat(1000) })
    assert.ok((app.state.acting.question?.typed.length ?? 0) <= 100)
    assert.deepEqual(sent(app.press('enter')), [])
  })

  test('is left with Esc', () => {
    assert.equal(typing().type('w2').press('esc').state.acting.question, null)
  })
})

test('pasted text answers no question', () => {
  for (const kind of ['enter', 'default-no'] as const) {
    const app = askedWith({ kind }).happen({ kind: 'pasted', text: 'y\n' })
    assert.notEqual(app.state.acting.question, null)
    assert.deepEqual(sent(app), [])
  }
})

describe('what is marked', () => {
  const marked = (...keys: string[]) => appWith(wellReading).press('2', 'G', 'up', 'space', 'space', ...keys)

  test('is asked about once, and done one after another', () => {
    const app = marked('b')
    assert.equal(question(app)?.title, 'Pause w1 and w2?')
    assert.deepEqual(question(app)?.commands, [
      'docker node update --availability pause w1',
      'docker node update --availability pause w2',
    ])
    assert.deepEqual(sent(app.consider().press('y')), ['pause w1'])
    assert.deepEqual(app.state.acting.sequences[0]?.sequence.name, 'pause w1 and w2')
  })

  test('is marked no longer when it is being done, and stays so when it is not', () => {
    assert.deepEqual(marked('b').consider().press('y').view.marks.nodes, [])
    assert.equal(marked('b').consider().press('n').view.marks.nodes?.length, 2)
  })

  test('and cannot be done is left out, with its reason; one alone is no sequence', () => {
    const app = appWith(nodesAre({ w1: apiNode({ name: 'w1', availability: 'pause' }) }))
    app.press('2', 'G', 'up', 'space', 'space', 'b')
    assert.equal(question(app)?.title, 'Pause w2?')
    assert.ok(question(app)?.consequences.some(({ text }) => text === 'left out: w1 is paused already'))
    app.consider().press('y')
    assert.deepEqual(app.state.acting.sequences, [])
    assert.deepEqual(sent(app), ['pause w2'])
  })

  test('of which nothing can be done is refused', () => {
    assert.equal(question(marked('a')), undefined)
    assert.match(marked('a').notice, /w1 is active already; w2 is active already/)
  })

  test('refused for one reason says it once', () => {
    const app = appWith(wellReading, { isReadOnly: true }).press('2', 'G', 'up', 'space', 'space', 'b')
    assert.equal(app.notice, 'Nothing can be changed: swarmtop was started with --read-only')
  })

  test('on services is theirs: force-update three one after another', () => {
    const services = ['api', 'db', 'web'].map(name => apiService({ name }))
    const app = appWith({ ...wellReading, services, tasks: apiTasks('api', ['w1']) })
    app.press('3', 'space', 'space', 'space', 'f')
    assert.equal(question(app)?.title, 'Force update api, db and web?')
  })
})

describe('what a question names is what is acted on', () => {
  const asking = () => appWith(wellReading).press('2', 'G', 'd').consider()

  test('a list that is in another order by then changes nothing', () => {
    const app = asking()
    app.readNext(nodesAre({ a0: apiNode({ name: 'a0' }), w1: null, w3: apiNode({ name: 'w3' }) }))
    const [effect] = app
      .consider()
      .press('y')
      .effects.filter(({ kind }) => kind === 'operate')
    assert.equal(effect?.kind === 'operate' && 'nodeId' in effect.operation && effect.operation.nodeId, nodeIdOf('w2'))
  })

  test('a node that is gone takes the question with it', () => {
    const app = asking().readNext(nodesAre({ w2: null }))
    assert.equal(question(app), undefined)
    assert.match(app.notice, /Node w2 is no longer in the swarm/)
  })

  test('so does one that is called otherwise', () => {
    const renamed = { ...apiNode({ name: 'w9' }), ID: nodeIdOf('w2') }
    const app = asking().readNext(nodesAre({ w2: renamed }))
    assert.equal(question(app), undefined)
    assert.match(app.notice, /Node w2 is called w9 by now/)
  })

  test('so does one that another of the same name has come in place of', () => {
    const app = asking().readNext(nodesAre({ w2: { ...apiNode({ name: 'w2' }), ID: 'another' } }))
    assert.equal(question(app), undefined)
    assert.match(app.notice, /Node w2 is no longer in the swarm/)
    assert.deepEqual(sent(app.press('y')), [])
  })

  test('and one of several that is gone is left out, which has to be read', () => {
    const app = appWith(wellReading).press('2', 'G', 'up', 'space', 'space', 'd').consider()
    app.readNext(nodesAre({ w1: null }))
    assert.equal(question(app)?.title, 'Drain w2?')
    assert.match(app.notice, /changed while you were reading/)
    assert.deepEqual(sent(app.press('y')), [])
    assert.deepEqual(sent(app.consider().press('y')), ['drain w2'])
  })
})

describe('a sequence', () => {
  const on = (kind: 'pause' | 'drain', name: string): Operation => ({ kind, nodeId: nodeIdOf(name), name })
  const gently: Sequence = {
    kind: 'sequence',
    name: 'drain w2 gracefully',
    operations: [on('pause', 'w2'), on('drain', 'w2')],
    undo: [],
  }
  const asked = (besides: Parameters<typeof askForSequence>[2] = [], reading = wellReading) => {
    const app = appWith(reading)
    const { state, effects } = askForSequence(app.state, gently, besides)
    app.state = state
    app.effects.push(...effects)
    return app
  }

  test('is asked about as one thing and done as one', () => {
    const app = asked()
    assert.equal(question(app)?.title, 'Drain w2 gracefully?')
    assert.deepEqual(sent(app.consider().press('y')), ['pause w2'])
  })

  test('says what else is known of it; a danger among that makes No the usual answer', () => {
    const app = asked([danger('api cannot be renewed before it stops')])
    assert.equal(question(app)?.consequences[0]?.text, 'api cannot be renewed before it stops')
    assert.equal(app.state.acting.question?.answer, 'no')
  })

  test('of which a part is so already is done all the same, and one of which a part cannot be done is not', () => {
    assert.deepEqual(
      sent(
        asked([], nodesAre({ w2: apiNode({ name: 'w2', availability: 'pause' }) }))
          .consider()
          .press('y'),
      ),
      ['drain w2'],
    )
    const gone = asked([], nodesAre({ w2: null }))
    assert.equal(question(gone), undefined)
    assert.match(gone.notice, /w2 is no longer in the swarm/)
  })
})

describe('another hand', () => {
  test('that changes what a question is about is told of, and it has to be read again', () => {
    const app = appWith(wellReading).press('2', 'G', 'd').consider()
    app.readNext(nodesAre({ w2: apiNode({ name: 'w2', labels: { zone: 'b' } }) }))
    assert.match(app.notice, /^Somebody else has changed w2 while you were reading: look again$/)
    assert.deepEqual(sent(app.press('y')), [])
    assert.deepEqual(sent(app.consider().press('y')), ['drain w2'])
  })

  test('that changes something else is not', () => {
    const app = appWith(wellReading).press('2', 'G', 'd').consider()
    app.readNext(nodesAre({ w1: apiNode({ name: 'w1', labels: { zone: 'b' } }) }))
    assert.equal(app.notice, '')
  })

  test('that changes a service under a question about it is told of', () => {
    const app = appWith(wellReading).press('3', 'f').consider()
    app.readNext({ ...wellReading, services: [apiService({ name: 'api', replicas: 5 })] })
    assert.match(app.notice, /^Somebody else has changed api while you were reading/)
  })

  test('that undoes what is being watched is told of', () => {
    const app = appWith(wellReading).press('2', 'G', 'd').consider().press('y')
    const { number = 0, operation } = app.state.acting.running[0] ?? {}
    assert.ok(operation)
    const outcome = { kind: 'accepted', version: 10, forceUpdate: null, warnings: [] } as const
    app.happen({ kind: 'operation-answered', number, operation, outcome })
    app.answer(nodesAre({ w2: apiNode({ name: 'w2', availability: 'active', version: 12 }) }))
    assert.match(app.journal().join('\n'), /drain w2 failed: w2 was set to active by someone else/)
  })
})
