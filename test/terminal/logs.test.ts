import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { onSockets, openProgram, runProgram, simulate, temporaryFolder } from '../helpers/whole-program.ts'

/** Its lines say what they count; one in three is an error in red, and tries to take the terminal over. */
const SCENARIO = `
machines:
  - { name: node, count: 3, role: manager }
  - { name: node, count: 1 }
images:
  counter:
    log-every: 300ms
    log: ["counted {n}", "steady {n}", "2> \\e[31malarm {n}\\e[0m \\e[2J\\e]0;taken over\\a"]
services:
  counter: { image: "counter:1", replicas: 4, max-per-node: 1 }
`

describe('a log on a simulation', { timeout: 120_000 }, () => {
  test('is followed, paused, searched and saved, and does nothing to the terminal', async t => {
    const folder = temporaryFolder(t)
    const file = join(folder, 'counter.yaml')
    writeFileSync(file, SCENARIO)
    const { directory } = await simulate(t, file)
    const terminal = openProgram(t, onSockets(`${directory}/node1.sock`))
    await terminal.waitForScreen(/counter +replicated +4\/4/, { limitMs: 60_000 })
    terminal.press('l')
    await terminal.waitForScreen(screen => /following/.test(screen) && /counter\.1@\S+ +\| counted \d+/.test(screen))
    const screen = await terminal.waitForScreen(/counter\.\d@\S+ +! alarm \d+ ␛\[2J␛\]0;taken over␇/)
    assert.equal(screen.split('\n').length, 36)

    terminal.press('k')
    await terminal.waitForScreen(/paused, \d+ new lines below/)
    terminal.press('s / a l a r m enter N')
    await terminal.waitForScreen(/<\/alarm> hit \d+ of \d+/)
    terminal.press('&')
    await terminal.waitForScreen(shown => /only <\/alarm>/.test(shown) && !/\| (counted|steady)/.test(shown))
    terminal.press('ctrl+s')
    await terminal.waitForScreen(/save to \S+\/swarmtop\/logs\/counter-\d{8}-\d{6}\.log/)
    terminal.press('ctrl+u')
    terminal.type(join(folder, 'saved.log'))
    terminal.press('enter')
    await terminal.waitForScreen(/Saved to /)
    const saved = readFileSync(join(folder, 'saved.log'), 'utf8')
    assert.match(saved, /^(counter\.\d@node\d ! alarm \d+ ␛\[2J␛\]0;taken over␇\n)+$/)

    terminal.press('esc')
    await terminal.waitForScreen(shown => !shown.includes('</alarm>') && /\| steady/.test(shown))
    terminal.press('esc')
    await terminal.waitForScreen(/Services 1/)
  })

  test('names a node that is gone, goes on without it, and has its lines again when it is back', async t => {
    const folder = temporaryFolder(t)
    writeFileSync(join(folder, 'counter.yaml'), SCENARIO)
    const { directory } = await simulate(t, join(folder, 'counter.yaml'), '--speed', '10')
    const terminal = openProgram(t, onSockets(`${directory}/node1.sock`))
    await terminal.waitForScreen(/counter +replicated +4\/4/, { limitMs: 60_000 })
    terminal.press('l')
    await terminal.waitForScreen(/counter\.\d@node4/)
    const killed = await runProgram('machine', 'kill', 'node4', '--listen', directory)
    assert.equal(killed.code, 0, killed.error)
    const without = await terminal.waitForScreen(/No lines from node4: it is down/, { limitMs: 30_000 })
    assert.match(without, /following/)
    await runProgram('machine', 'start', 'node4', '--listen', directory)
    await terminal.waitForScreen(screen => !/No lines from/.test(screen) && /counter\.\d@node4/.test(screen), {
      limitMs: 60_000,
    })
    assert.ok(readdirSync(directory).includes('node4.sock'))
  })
})
