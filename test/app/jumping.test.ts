import assert from 'node:assert/strict'
import { test } from 'node:test'
import { keyGroupsOf } from '../../source/app/key-groups.ts'
import type { Screen } from '../../source/app/screen.ts'
import { apiService, apiTasks, nodeIdOf, serviceIdOf } from '../helpers/api-builders.ts'
import { type App, appWith } from '../helpers/app.ts'
import { wellReading } from '../helpers/cluster-builders.ts'

const reading = { ...wellReading, services: [apiService({ name: 'api' })], tasks: apiTasks('api', ['w1', 'w2']) }
const ofW2: Screen = { kind: 'node', nodeId: nodeIdOf('w2') }
const ofApi: Screen = { kind: 'service', serviceId: serviceIdOf('api') }

const PLACES: Readonly<Record<string, { readonly go: (app: App) => App; readonly from: Screen }>> = {
  'the tasks of everything': { go: app => app.press('4', 'down'), from: { kind: 'tasks' } },
  'the tasks of a service': { go: app => app.press(':').type('svc api').press('enter', 'down'), from: ofApi },
  'the slots of a service': {
    go: app => app.press(':').type('svc api').press('enter', 'shift+tab', 'down'),
    from: ofApi,
  },
  'the tasks of a node': { go: app => app.press(':').type('no w2').press('enter'), from: ofW2 },
  'the slots of the overview': { go: app => app.press('tab', 'down'), from: { kind: 'overview' } },
  'a slot': {
    go: app => app.press(':').type('task api.2').press('enter'),
    from: { kind: 'slot', serviceId: serviceIdOf('api'), slot: '2' },
  },
}

for (const [name, { go, from }] of Object.entries(PLACES)) {
  test(`from ${name} to the node, to the service and back`, () => {
    for (const [key, there] of [
      ['H', ofW2],
      ['J', ofApi],
    ] as const) {
      const app = go(appWith(reading))
      assert.deepEqual(app.view.screen, from)
      assert.deepEqual(app.press(key).view.screen, there)
      if (JSON.stringify(from) !== JSON.stringify(there)) assert.deepEqual(app.press('esc').view.screen, from)
    }
  })
}

test('on the screen of a node its own keys come first, and its tasks keep theirs', () => {
  const app = PLACES['the tasks of a node']?.go(appWith(reading))
  assert.deepEqual(app && keyGroupsOf(app.state), ['node', 'task', 'everywhere'])
  assert.equal(app?.press('d').state.acting.question?.question.title, 'Drain w2?')
})
