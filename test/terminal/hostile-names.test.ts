import assert from 'node:assert/strict'
import type { ServerResponse } from 'node:http'
import { test } from 'node:test'
import {
  apiManager,
  apiReading,
  apiService,
  apiTask,
  MINUTE,
  nodeIdOf,
  SECOND,
  timeAgo,
} from '../helpers/api-builders.ts'
import { allShown, type Shown } from '../helpers/dashboard-screen.ts'
import { startFakeEngine } from '../helpers/fake-engine.ts'
import { logFrame } from '../helpers/log-frame.ts'
import { openProgram } from '../helpers/whole-program.ts'

/** What would name the window, clear the screen, leave it, hide behind its right edge, ring, ask, or turn the text round. */
const STEERING = '\u001b]0;owned\u0007\u001b[2J\u001b[?1049l\u001bc\u009b6n\u001bP+q544e\u001b\\\u202e\u2066\r\n\u0007'
const WIDE = '日本語 👩‍👩‍👧 שלום cafe\u0301'
const LONG = 'a-name-of-two-hundred-letters-'.repeat(7)
const NAME = `${STEERING}${WIDE}${LONG}`

const goByName = (name: string) => `${Array.from(`:${name}`).join(' ')} enter`

/** Keys to every screen, and what shows that it is there. */
const WAYS: readonly (readonly [keys: string, shown: Shown])[] = [
  ['2 enter', '[Tasks'],
  ['tab', '[Facts]'],
  ['3 enter', '[Tasks'],
  ['tab', '[Progress]'],
  ['tab', '[Spec]'],
  ['tab', '[Last change]'],
  ['4', '━ Tasks 2 ━'],
  ['w', 'Why'],
  ['3 t', ' now ┃'],
  ['3 i', 'Space fold'],
  ['3 l', /red/],
  ['esc', '━ Services 1 ━'],
  ['5 enter', 'Networks 1'],
  ['6 v', 'swarm join --token'],
  ['7', 'overview › events'],
  ['8', '━ Matrix 1 ━'],
  ['9', '━ Trends ━'],
  [goByName('networks'), '━ Networks 1 ━'],
  [goByName('secrets'), '━ Secrets 1 ━'],
  [goByName('configs'), '━ Configs 1 ━'],
  [goByName('volumes'), '━ Volumes 1 ━'],
  [goByName('ctx'), '━ Docker contexts'],
]

test('names, labels, errors and log lines do nothing to the terminal on any screen', async t => {
  const labels = { [NAME]: NAME, 'com.docker.stack.namespace': NAME }
  const reading = apiReading({
    nodes: [apiManager('m1', { isLeader: true, labels }), apiManager(NAME)],
    services: [
      apiService({ name: NAME, image: NAME, labels, constraints: [`node.labels.zone==${NAME}`], status: [0, 1] }),
    ],
    tasks: [
      apiTask({ service: NAME, slot: 1, node: NAME, state: 'failed', desired: 'shutdown', error: NAME, exitCode: 137 }),
      apiTask({ service: NAME, slot: 1, state: 'pending', error: NAME, createdAgoMs: MINUTE, stateAgoMs: SECOND }),
    ],
  })
  const named = {
    ID: 'x',
    Id: 'x',
    Name: NAME,
    Driver: NAME,
    Scope: 'swarm',
    Labels: labels,
    Spec: { Name: NAME, Labels: labels },
  }
  const writeLog = (_request: unknown, response: ServerResponse) => {
    response.writeHead(200)
    const time = timeAgo(SECOND)
    for (const text of [NAME, `\u001b[31mred\u001b[0m ${NAME}`]) {
      response.write(logFrame({ text, time, origin: { nodeId: nodeIdOf('m1'), serviceId: NAME, taskId: NAME } }))
    }
  }
  const service = reading.services[0]
  const engine = await startFakeEngine(t, {
    '/info': reading.info,
    '/version': reading.version,
    '/nodes': reading.nodes,
    '/services': reading.services,
    '/tasks': reading.tasks,
    '/networks': [named],
    '/secrets': [named],
    '/configs': [named],
    '/volumes': { Volumes: [{ ...named, Mountpoint: NAME }] },
    '/swarm': { ...named, JoinTokens: { Worker: NAME, Manager: NAME } },
    [`/services/${encodeURIComponent(service?.ID ?? '')}`]: { ...service, PreviousSpec: { Name: NAME } },
    [`/services/${encodeURIComponent(service?.ID ?? '')}/logs`]: writeLog,
  })
  const terminal = openProgram(t, ['--host', engine.endpoint.name], { columns: 120, rows: 36 })
  await terminal.waitForScreen(/● live/)
  for (const [keys, shown] of WAYS) {
    terminal.press(keys)
    await terminal.waitForScreen(allShown('● live', shown))
    assert.equal(terminal.title(), '', keys)
    assert.equal(terminal.isAlternateScreen(), true, keys)
    assert.equal(terminal.isCursorVisible(), false, keys)
    assert.equal(terminal.isBracketedPaste(), true, keys)
    for (const line of terminal.lines().filter(line => /^[│┃]/.test(line))) assert.match(line, /[│┃]$/, keys)
  }
  terminal.press('ctrl+c')
  assert.deepEqual(await terminal.exited, { exitCode: 0, signal: 0 })
  assert.equal(terminal.title(), '')
})
