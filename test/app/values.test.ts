import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Operation } from '../../source/operations/operation.ts'
import { apiManager, apiNode, apiService, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const STACK = 'com.docker.stack.namespace'

const reading = {
  ...wellReading,
  nodes: [
    apiManager('m1', { isLeader: true }),
    apiManager('m2'),
    apiManager('m3'),
    apiNode({ name: 'w1', labels: { zone: 'a', disk: 'ssd' } }),
    apiNode({ name: 'w2', labels: { zone: 'b', 'api-token': 'hunter2' } }),
    apiNode({ name: 'old box', state: 'down' }),
  ],
  services: [
    apiService({ name: 'agent', mode: { Global: {} } }),
    apiService({
      name: 'api',
      replicas: 3,
      image: 'registry:5000/team/api:1.8@sha256:0123456789abcdef0123456789abcdef',
      labels: { tier: 'web' },
      previous: { replicas: 2 },
    }),
    apiService({ name: 'shop_web', labels: { [STACK]: 'shop' }, update: { State: 'paused', Message: 'why' } }),
  ],
  tasks: apiTasks('api', ['m1', 'w1', 'w2']),
}

const onService = (name: string): App => {
  const down = ['agent', 'api', 'shop_web'].indexOf(name)
  return appWith(reading).press('3', ...Array.from({ length: down }, () => 'down'))
}
const onNode = (name: string): App => {
  const down = ['m1', 'm2', 'm3', 'old box', 'w1', 'w2'].indexOf(name)
  return appWith(reading).press('2', ...Array.from({ length: down }, () => 'down'))
}
const promptOf = (app: App) => app.state.navigation.prompt
const complaintOf = (app: App) => promptOf(app)?.complaint ?? ''
const api = { serviceId: serviceIdOf('api'), name: 'api' }
const node = (name: string) => ({ nodeId: nodeIdOf(name), name })

/** What the question on the screen would do. */
function wishOf(app: App): unknown {
  return app.state.acting.question?.question.wish ?? app.notice
}

describe('a key asks for the value that its operation needs', () => {
  const asked: readonly (readonly [words: string, app: () => App, keys: readonly string[], operation: Operation])[] = [
    ['scale', () => onService('api'), ['s', '5'], { kind: 'scale', ...api, replicas: 5 }],
    ['scale to nothing', () => onService('api'), ['s', '0'], { kind: 'scale', ...api, replicas: 0 }],
    [
      'the tag of an image, and the rest is kept',
      () => onService('api'),
      ['e', '1', '.', '9'],
      { kind: 'change-image', ...api, image: 'registry:5000/team/api:1.9' },
    ],
    [
      'a tag that is mended by its end',
      () => onService('api'),
      ['e', 'end', 'backspace', '9'],
      { kind: 'change-image', ...api, image: 'registry:5000/team/api:1.9' },
    ],
    [
      'another image altogether',
      () => onService('api'),
      ['e', 'ctrl+u', ...'redis'],
      { kind: 'change-image', ...api, image: 'redis:latest' },
    ],
    [
      'labels of a node',
      () => onNode('w1'),
      ['L', ...'zone=b', 'space', ...'disk-', 'space', ...'note="two', 'space', ...'words"'],
      { kind: 'label-node', ...node('w1'), set: { zone: 'b', note: 'two words' }, unset: ['disk'] },
    ],
    [
      'labels of a service',
      () => onService('api'),
      ['L', ...'tier-'],
      { kind: 'label-service', ...api, set: {}, unset: ['tier'] },
    ],
    [
      'the history limit',
      () => appWith(reading).press('6'),
      ['H', '3'],
      { kind: 'set-history-limit', limit: 3, name: 'the swarm' },
    ],
  ]
  for (const [words, app, keys, operation] of asked) {
    test(words, () => assert.deepEqual(wishOf(app().press(...keys, 'enter')), operation))
  }

  test('for all that is marked', () => {
    const app = onNode('w1').press('space', 'down', 'space', 'L').type('rack=7').press('enter')
    const { question } = app.state.acting.question ?? {}
    assert.ok(question?.wish.kind === 'sequence')
    assert.deepEqual(
      question.wish.operations.map(({ kind, name }) => [kind, name]),
      [
        ['label-node', 'w1'],
        ['label-node', 'w2'],
      ],
    )
  })

  test('for what was selected, whatever becomes of the list meanwhile', () => {
    const app = onService('api').press('s')
    app.readNext({ ...reading, services: [...reading.services, apiService({ name: 'aaa' })] })
    assert.deepEqual(wishOf(app.press('5', 'enter')), { kind: 'scale', ...api, replicas: 5 })
  })

  test('and takes Esc for an answer', () => {
    const app = onService('api').press('s', '5', 'esc')
    assert.equal(promptOf(app), null)
    assert.equal(app.state.acting.question, null)
  })

  test('a tag that was not touched is the one that is there', () => {
    assert.equal(promptOf(onService('api').press('e'))?.text, 'registry:5000/team/api:1.8')
  })

  test('a pasted tag takes the place of the one that is selected', () => {
    const app = onService('api').press('e').happen({ kind: 'pasted', text: '2.0\n' }).press('enter')
    assert.deepEqual(wishOf(app), { kind: 'change-image', ...api, image: 'registry:5000/team/api:2.0' })
  })
})

describe('what is no value', () => {
  const cases: readonly (readonly [complaint: string, app: () => App, keys: readonly string[]])[] = [
    ['How many replicas? A whole number, 0 or more', () => onService('api'), ['s']],
    ['"-1" is no number of replicas: a whole number from 0 to 100000 is', () => onService('api'), ['s', '-', '1']],
    ['"1.5" is no number of replicas: a whole number from 0 to 100000 is', () => onService('api'), ['s', ...'1.5']],
    [
      '"999999" is no number of replicas: a whole number from 0 to 100000 is',
      () => onService('api'),
      ['s', ...'999999'],
    ],
    ['Which image? Its name and tag, as in nginx:1.27', () => onService('api'), ['e', 'ctrl+u']],
    [
      '"Redis:8" is no image: it is written as nginx:1.27 or registry:5000/team/api:1.9',
      () => onService('api'),
      ['e', 'ctrl+u', ...'Redis:8'],
    ],
    ['Which labels? As in zone=a, or zone- to take one away', () => onNode('w1'), ['L']],
    ['"zone" is no label: zone=VALUE sets it, zone- takes it away', () => onNode('w1'), ['L', ...'zone']],
    ['"=a" has no name before =', () => onNode('w1'), ['L', ...'=a']],
    ['"-" has no name before -', () => onNode('w1'), ['L', '-']],
    ['"zone" is set twice', () => onNode('w1'), ['L', ...'zone=b', 'space', ...'zone=c']],
    ['A quote is not closed: note="two words', () => onNode('w1'), ['L', ...'note="two', 'space', ...'words']],
    ['"zone" is both set and taken away', () => onNode('w1'), ['L', ...'zone=b', 'space', ...'zone-']],
  ]
  for (const [complaint, app, keys] of cases) {
    test(complaint, () => {
      const typed = app().press(...keys)
      const text = promptOf(typed)?.text
      typed.press('enter')
      assert.equal(complaintOf(typed), complaint)
      assert.equal(promptOf(typed)?.text, text)
      assert.equal(complaintOf(typed.press('x')), '')
    })
  }
})

describe('what cannot be done anyway is not asked for', () => {
  test('a global service cannot be scaled', () => {
    const app = onService('agent').press('s')
    assert.equal(promptOf(app), null)
    assert.match(app.notice, /^agent is global/)
  })

  test('read-only', () => {
    const app = appWith(reading, { isReadOnly: true }).press('3', 's')
    assert.match(app.notice, /--read-only/)
  })

  test('nothing selected', () => {
    assert.equal(appWith({ ...reading, services: [] }).press('3', 's').notice, 'Nothing is selected here')
  })

  test('one image for several services', () => {
    const app = onService('agent').press('space', 'down', 'space', 'e')
    assert.match(app.notice, /^An image is changed for one service at a time/)
  })
})

describe('labels are completed', () => {
  const candidates = (app: App, typed: string) => {
    app.press('L').type(typed).press('tab')
    return promptOf(app)?.text
  }
  test('by those that are there', () => assert.equal(candidates(onNode('w1'), 'di'), 'disk'))
  test('by those of others of the kind', () => assert.equal(candidates(onNode('old box'), 'zone=b'), 'zone=b'))
  test('behind a name, too', () => {
    const app = appWith(reading).press(':').type('label w1 zo').press('tab')
    assert.equal(promptOf(app)?.text, 'label w1 zone')
    assert.equal(promptOf(appWith(reading).press(':').type('label age').press('tab'))?.text, 'label agent ')
    assert.equal(promptOf(appWith(reading).press(':').type('scale api ').press('tab'))?.text, 'scale api ')
  })
  test('without the value of what is secret', () => assert.equal(candidates(onNode('w2'), 'api-token='), 'api-token='))
})

describe('keys without a value', () => {
  const cases: readonly (readonly [words: string, app: () => App, key: string, operation: Operation])[] = [
    ['roll back', () => onService('api'), 'u', { kind: 'roll-back', ...api }],
    [
      'resume',
      () => onService('shop_web'),
      'U',
      { kind: 'resume-update', serviceId: serviceIdOf('shop_web'), name: 'shop_web' },
    ],
    ['remove a service', () => onService('api'), 'ctrl+d', { kind: 'remove-service', ...api }],
    [
      'remove a node that is Ready',
      () => onNode('w1'),
      'ctrl+d',
      { kind: 'remove-node', ...node('w1'), isForced: true },
    ],
    [
      'remove a node that is Down',
      () => onNode('old box'),
      'ctrl+d',
      { kind: 'remove-node', ...node('old box'), isForced: false },
    ],
    [
      'remove a stack',
      () => appWith(reading).press('5'),
      'ctrl+d',
      { kind: 'remove-stack', stack: 'shop', name: 'shop' },
    ],
  ]
  for (const [words, app, key, operation] of cases) {
    test(words, () => assert.deepEqual(wishOf(app().press(key)), operation))
  }

  test('what is in no stack is none', () => {
    const app = appWith(reading).press('5', 'G', 'ctrl+d')
    assert.equal(app.notice, 'Nothing is selected here')
  })
})

describe('operations by name', () => {
  const lines: readonly (readonly [line: string, wish: unknown])[] = [
    ['drain w1', { kind: 'drain', ...node('w1') }],
    ['cordon w1', { kind: 'pause', ...node('w1') }],
    ['promote w1', { kind: 'promote', ...node('w1') }],
    ['demote m2', { kind: 'demote', ...node('m2') }],
    ['restart api', { kind: 'force-update', ...api }],
    ['scale api 5', { kind: 'scale', ...api, replicas: 5 }],
    ['scale   ap   5 ', { kind: 'scale', ...api, replicas: 5 }],
    ['image api nginx:1.27', { kind: 'change-image', ...api, image: 'nginx:1.27' }],
    ['image api nginx', { kind: 'change-image', ...api, image: 'nginx:latest' }],
    ['image api :1.9', { kind: 'change-image', ...api, image: 'registry:5000/team/api:1.9' }],
    ['label w1 zone=b', { kind: 'label-node', ...node('w1'), set: { zone: 'b' }, unset: [] }],
    ['label w1 zone-', { kind: 'label-node', ...node('w1'), set: {}, unset: ['zone'] }],
    ['label old box a=b', { kind: 'label-node', ...node('old box'), set: { a: 'b' }, unset: [] }],
    ['label api tier=db', { kind: 'label-service', ...api, set: { tier: 'db' }, unset: [] }],
    ['history 3', { kind: 'set-history-limit', limit: 3, name: 'the swarm' }],
    ['rollback api', { kind: 'roll-back', ...api }],
    ['resume shop_web', { kind: 'resume-update', serviceId: serviceIdOf('shop_web'), name: 'shop_web' }],
    ['rm api', { kind: 'remove-service', ...api }],
    ['remove old box', { kind: 'remove-node', ...node('old box'), isForced: false }],
    ['remove shop', { kind: 'remove-stack', stack: 'shop', name: 'shop' }],
    ['scale nothing 5', 'There is no service "nothing"'],
    ['scale a 5', '"a" may mean agent, api: type more of it'],
    ['drain w9', 'There is no node "w9": did you mean "w1"?'],
    ['rollback agent', 'agent has no earlier settings to go back to'],
  ]
  for (const [line, expected] of lines) {
    test(`:${line}`, () => {
      const app = appWith(reading).press(':').type(line).press('enter')
      assert.deepEqual(wishOf(app), expected)
    })
  }

  const mistakes: readonly (readonly [line: string, kept: string, complaint: string])[] = [
    ['scale api many', 'many', '"many" is no number of replicas: a whole number from 0 to 100000 is'],
    ['history x', 'x', '"x" is no number of ended tasks: a whole number from 0 to 100000 is'],
    ['label api zone=a foo', 'zone=a foo', '"foo" is no label: foo=VALUE sets it, foo- takes it away'],
  ]
  for (const [line, kept, complaint] of mistakes) {
    test(`:${line} leaves the value to be mended, and says what is wrong with it`, () => {
      const prompt = promptOf(appWith(reading).press(':').type(line).press('enter'))
      assert.deepEqual([prompt?.text, prompt?.complaint], [kept, complaint])
    })
  }

  test('an image for several at once is refused as its key refuses it', () => {
    const app = onService('api').press('space', 'space', ':').type('image nginx:1.27').press('enter')
    assert.match(app.notice, /An image is changed for one service at a time/)
    assert.equal(app.state.acting.question, null)
  })

  test('without a name mean what is selected', () => {
    const app = onService('api')
    assert.deepEqual(wishOf(app.press(':').type('scale 5').press('enter')), { kind: 'scale', ...api, replicas: 5 })
    assert.deepEqual(wishOf(onService('api').press(':').type('rollback').press('enter')), { kind: 'roll-back', ...api })
    assert.deepEqual(wishOf(onService('api').press(':').type('remove').press('enter')), {
      kind: 'remove-service',
      ...api,
    })
    assert.deepEqual(wishOf(onNode('w1').press(':').type('label a=b').press('enter')), {
      kind: 'label-node',
      ...node('w1'),
      set: { a: 'b' },
      unset: [],
    })
  })

  test('without a value ask for it', () => {
    assert.deepEqual(promptOf(appWith(reading).press(':').type('scale api').press('enter'))?.asks, {
      kind: 'scale',
      targets: [{ id: serviceIdOf('api'), name: 'api' }],
    })
    assert.equal(promptOf(onService('api').press(':').type('image').press('enter'))?.kind, 'value')
  })

  test('are refused where nothing may be changed', () => {
    const app = appWith(reading, { isReadOnly: true }).press(':').type('drain w1').press('enter')
    assert.match(app.notice, /--read-only/)
  })
})
