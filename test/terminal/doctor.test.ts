import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { allShown } from '../helpers/dashboard-screen.ts'
import { onSockets, openProgram, runProgram, simulate, temporaryFolder } from '../helpers/whole-program.ts'

/** Two managers, a worker that is drained, and nothing that is broken. */
const NEGLECTED = `
machines:
  - { name: m1, role: manager }
  - { name: m2, role: manager }
  - { name: w1, availability: drain }
`

test('what the doctor finds is printed, told in JSON, and mended by the key that it names', {
  timeout: 60_000,
}, async t => {
  const file = join(temporaryFolder(t), 'neglected.yaml')
  writeFileSync(file, NEGLECTED)
  const { directory } = await simulate(t, file)
  const sockets = onSockets(`${directory}/m1.sock`)

  const printed = await runProgram('status', ...sockets)
  assert.equal(printed.code, 0, 'advice changes no exit code')
  assert.match(
    printed.out,
    /\nADVICE\n(?:.*\n)*- {2}w1 is drained(?:.*\n)+ {3}\$ docker node update --availability active w1\n/,
  )
  for (const line of printed.out.slice(printed.out.indexOf('ADVICE')).split('\n')) assert.ok(line.length <= 80, line)

  const { code, out } = await runProgram('status', '--json', ...sockets)
  assert.equal(code, 0)
  const { verdict, advice } = JSON.parse(out)
  assert.equal(verdict, 'healthy')
  assert.deepEqual(
    advice.map(({ kind }: { readonly kind: string }) => kind),
    ['no-tolerance', 'even-managers', 'node-drained'],
  )
  const drained = advice.at(-1)
  assert.deepEqual(Object.keys(drained), ['kind', 'severity', 'subjects', 'text', 'why', 'helps', 'commands'])
  assert.deepEqual(drained.commands, ['docker node update --availability active w1'])

  const terminal = openProgram(t, sockets)
  await terminal.waitForScreen(/advice 3 {2}:doctor/)
  terminal.press(': d o c t o r enter G')
  await terminal.waitForScreen(/› · {2}w1 is drained .* a activate/)
  terminal.press('a')
  await terminal.waitForScreen(/Activate w1\?/)
  await terminal.waitForScreen(allShown('no task stops, starts or moves', 'Enter answers'))
  terminal.press('enter')
  await terminal.waitForScreen(screen => /Doctor 2/.test(screen) && !/w1 is drained/.test(screen))
})
