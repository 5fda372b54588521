import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type TestContext, test } from 'node:test'
import { allShown, focusOn, pointedAt, type Shown } from '../helpers/dashboard-screen.ts'
import type { Terminal } from '../helpers/terminal.ts'
import { openProgram, temporaryFolder } from '../helpers/whole-program.ts'

/** What operators come for, with the keys that it takes, on the whole program and the simulator. */

const MACHINES = `
machines:
  - { name: node, count: 3, role: manager }
  - { name: worker, count: 2 }
`

test('the failing slot among three hundred, its reason and its log are two keys away', async t => {
  const terminal = await open(
    t,
    `${MACHINES}
images:
  shop/broken: { exit-after: 1s, exit-code: 137, log: "out of room", log-every: 200ms }
services:
  quiet: { image: shop/quiet, replicas: 299 }
  broken: { image: shop/broken, replicas: 1 }
`,
  )
  terminal.press('4')
  await shows(
    terminal,
    pointedAt('broken.1'),
    /broken\.1.*(?:Failed|Ready|Starting|Running|Preparing)/,
    'non-zero exit (137)',
    'SIGKILL',
  )
  terminal.press('l')
  await shows(terminal, 'out of room', 'broken.1')
})

test('a rolling update is followed to its end on one screen', async t => {
  const terminal = await open(
    t,
    `${MACHINES}
services:
  api: { image: shop/api:1.0, replicas: 6, update: { parallelism: 1, delay: 1s } }
timeline:
  - { at: 8s, image: { api: shop/api:2.0 } }
`,
  )
  terminal.press('3 enter')
  await shows(terminal, 'Service api', '6/6')
  await focusOn(terminal, 'Progress')
  await shows(terminal, 'updating', /[1-5]\/6/)
  await shows(terminal, 'completed', 'api:2.0')
})

test('three hundred services are narrowed to one, opened, and found narrowed on the way back', async t => {
  const names = Array.from({ length: 300 }, (_, index) => `shop-${String(index + 1).padStart(3, '0')}`)
  const terminal = await open(
    t,
    `${MACHINES}
services:
${names.map(name => `  ${name}: { image: shop/${name}, replicas: 1 }`).join('\n')}
`,
  )
  terminal.press('3')
  await shows(terminal, 'Services 300')
  terminal.press('/')
  terminal.type('shop-2 !shop-20 image:shop-217')
  await shows(terminal, 'Services 1/300', 'shop-217')
  terminal.press('enter enter')
  await shows(terminal, 'Service shop-217')
  terminal.press('esc')
  await shows(terminal, 'Services 1/300', pointedAt('shop-217'))
  terminal.press('esc')
  await shows(terminal, 'Services 300', pointedAt('shop-217'))
})

test('from a task to its node, to a service of that node, to its log, and all the way back', async t => {
  const terminal = await open(
    t,
    `${MACHINES}
services:
  talk: { image: shop/talk, replicas: 1, constraints: [node.hostname == worker2] }
images:
  shop/talk: { log: "good day", log-every: 300ms }
`,
  )
  terminal.press('4')
  await shows(terminal, pointedAt('talk.1'))
  terminal.press('H')
  await shows(terminal, 'Node worker2', pointedAt('talk.1'))
  terminal.press('J')
  await shows(terminal, 'Service talk')
  terminal.press('l')
  await shows(terminal, 'good day')
  terminal.press('esc')
  await shows(terminal, 'Service talk')
  terminal.press('esc')
  await shows(terminal, 'Node worker2')
  terminal.press('esc')
  await shows(terminal, 'Tasks', pointedAt('talk.1'))
})

/** The dashboard on a scenario of its own, twice as fast as in reality, once it is live. */
async function open(t: TestContext, scenario: string): Promise<Terminal> {
  const file = join(temporaryFolder(t), 'journey.yaml')
  writeFileSync(file, `history: 1m\n${scenario}`)
  const terminal = openProgram(t, ['--simulate', file, '--speed', '2'], { columns: 140, rows: 40 })
  await shows(terminal, '● live')
  return terminal
}

function shows(terminal: Terminal, ...wanted: readonly Shown[]): Promise<string> {
  return terminal.waitForScreen(allShown(...wanted), { limitMs: 30_000 })
}
