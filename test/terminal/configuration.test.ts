import assert from 'node:assert/strict'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, type TestContext, test } from 'node:test'
import { openProgram, runProgramIn, temporaryFolder } from '../helpers/whole-program.ts'

/** An environment whose configuration this is, and the file's path. */
function configured(t: TestContext, text: string) {
  const home = temporaryFolder(t)
  const file = join(home, 'swarmtop', 'config.yaml')
  mkdirSync(join(home, 'swarmtop'))
  writeFileSync(file, text)
  return { file, env: { XDG_CONFIG_HOME: home } }
}

describe('the configuration', { timeout: 60_000 }, () => {
  test('is told with all that would be used', async t => {
    const { file, env } = configured(
      t,
      'interval: 2s\ntheme: light\ntime: utc\nbell: true\ncolumns: { nodes: [hostname] }\nkeys: { drain: x }\n',
    )
    const { code, out, error } = await runProgramIn(env, '--simulate', '--print-config')
    assert.deepEqual([code, error], [0, ''])
    assert.deepEqual(JSON.parse(out), {
      file,
      source: { kind: 'simulator', name: 'quiet-day', scenario: 'quiet-day', seed: 1, speed: 1 },
      hosts: [],
      interval: 2,
      readOnly: false,
      ascii: false,
      color: true,
      theme: 'light',
      screen: 'overview',
      time: 'utc',
      zoneLabel: null,
      bell: true,
      mouse: true,
      columns: { nodes: ['hostname'] },
      keys: { drain: ['x'] },
    })
  })

  test('gives way to the command line, and goes before what the environment gives to understand', async t => {
    const { env } = configured(t, 'interval: 5s\nascii: false\ncolor: true\n')
    const surroundings = { ...env, LANG: 'C', NO_COLOR: '1', SSH_CONNECTION: '10.0.0.1 1 10.0.0.2 22' }
    const { out } = await runProgramIn(surroundings, '--simulate', '--print-config', '--interval', '3', '--read-only')
    const { interval, readOnly, ascii, color, mouse } = JSON.parse(out)
    assert.deepEqual([interval, readOnly, ascii, color, mouse], [3, true, false, false, false])
  })

  test('that is wrong starts nothing and is told in a line a fault', async t => {
    const { file, env } = configured(t, 'theme: lihgt\nkeys: { drian: x }\n')
    for (const args of [[], ['status'], ['--print-config']]) {
      const { code, out, error } = await runProgramIn(env, '--simulate', ...args)
      assert.deepEqual([code, out], [66, ''])
      assert.equal(
        error,
        `swarmtop: ${file}:1:1: theme should be one of safe, dark, light, high-contrast, not "lihgt"\n`,
      )
    }
  })

  test('that is no file is told to be none', async t => {
    const home = temporaryFolder(t)
    mkdirSync(join(home, 'swarmtop', 'config.yaml'), { recursive: true })
    const { code, error } = await runProgramIn({ XDG_CONFIG_HOME: home }, '--print-config')
    assert.equal(code, 66)
    assert.match(error, /config\.yaml is no file: move it away, or write a file of that name\n$/)
  })

  test('opens the dashboard on a screen, in columns and with keys of the person’s own', async t => {
    const { env } = configured(
      t,
      'screen: nodes\ncolumns: { nodes: [hostname, status] }\nkeys: { kill: D, services: Z }\n',
    )
    const terminal = openProgram(t, ['--simulate'], { env })
    const screen = await terminal.waitForScreen(/node5 +Ready/)
    assert.match(screen, /HOSTNAME +STATUS +┃/)
    assert.match(screen, / D kill /)
    terminal.press('3')
    terminal.press('Z')
    await terminal.waitForScreen(/IMAGE/)
    terminal.press('esc')
    await terminal.waitForScreen(/Quorum/)
  })
})
