import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readCommandLine } from '../source/command-line.ts'
import { HELP } from '../source/help-text.ts'
import { SCENARIO_NAMES } from '../source/simulator/scenarios/scenario-names.ts'

const read = (line: string, environment = {}) => readCommandLine(line === '' ? [] : line.split(' '), environment)

/** What is wrong with a command line, or what it asks for. */
function complaint(line: string): string {
  const command = read(line)
  return command.kind === 'usage' ? command.text : `(${command.kind})`
}

describe('a command line', () => {
  test('without arguments is the dashboard on the engine that the docker CLI would use', () => {
    assert.deepEqual(read(''), {
      kind: 'dashboard',
      options: {
        source: { kind: 'engine', hosts: [], context: null },
        intervalMs: null,
        isReadOnly: false,
        isAscii: false,
        hasColour: true,
      },
    })
  })

  test('takes several hosts, in their order', () => {
    const command = read('--host unix:///a -H unix:///b status --json')
    assert.equal(command.kind === 'status' && command.asJson, true)
    assert.deepEqual(command.kind === 'status' && command.options.source, {
      kind: 'engine',
      hosts: ['unix:///a', 'unix:///b'],
      context: null,
    })
  })

  test('takes a simulation with its chance and its pace', () => {
    const command = read('--simulate --seed 7 --speed 10')
    assert.deepEqual(command.kind === 'dashboard' && command.options.source, {
      kind: 'simulator',
      scenario: 'quiet-day',
      seed: 7,
      speed: 10,
    })
  })

  test('takes the simulator alone, its scenario a name or a file', () => {
    assert.deepEqual(read('simulate ./own.yaml --listen /s --seed 7'), {
      kind: 'simulate',
      options: { scenario: './own.yaml', seed: 7, speed: 1 },
      directory: '/s',
    })
    const usual = read('simulate --listen /s')
    assert.equal(usual.kind === 'simulate' && usual.options.scenario, 'quiet-day')
  })

  test('takes what is to happen to a machine', () => {
    assert.deepEqual(read('machine cut node1 --listen /s'), {
      kind: 'machine',
      action: 'cut',
      name: 'node1',
      directory: '/s',
    })
    assert.deepEqual(read('machine list --listen /s'), { kind: 'machine-list', directory: '/s' })
  })

  test('is heeded in what it says about colours, and so is NO_COLOR', () => {
    const hasColour = (line: string, environment = {}) => {
      const command = read(line, environment)
      return command.kind === 'dashboard' && command.options.hasColour
    }
    assert.equal(hasColour('--no-color'), false)
    assert.equal(hasColour('', { NO_COLOR: '1' }), false)
    assert.equal(hasColour('', { NO_COLOR: '' }), true)
  })
})

test('what is wrong with a command line is one sentence that names it and the mend', () => {
  const table: readonly (readonly [string, string])[] = [
    ['--nope', 'There is no option --nope: see swarmtop --help'],
    ['--hots unix:///a', 'There is no option --hots: see swarmtop --help'],
    ['-z', 'There is no option -z: see swarmtop --help'],
    ['staus', 'There is no command "staus": use status, simulate, machine, or none for the dashboard'],
    ['status extra', '"extra" is one argument too many: see swarmtop --help'],
    ['--json', '--json goes with status: swarmtop status --json'],
    ['--interval 0', '--interval takes 0.1 to 3600 seconds, not "0"'],
    ['--interval soon', '--interval takes 0.1 to 3600 seconds, not "soon"'],
    ['--interval 1 --interval 2', '--interval can be given once only'],
    ['--context a --context b', '--context can be given once only'],
    ['--simulate default --host unix:///a', '--simulate brings its own engines: leave out --host and --context'],
    ['--seed 1', '--seed goes with --simulate'],
    ['--speed 2', '--speed goes with --simulate'],
    ['--simulate default --seed 1.5', '--seed takes 0 to 4294967295 as a whole number, not "1.5"'],
    ['--simulate default --speed 0', '--speed takes 0.01 to 1000 times real time, not "0"'],
    ['--listen /s', '--listen goes with simulate and machine'],
    ['simulate', 'simulate needs --listen DIR, where its sockets are to be'],
    ['simulate --listen', '--listen needs a directory, as in --listen ./swarm'],
    ['simulate a b --listen /s', '"b" is one argument too many: see swarmtop --help'],
    ['simulate --listen /s --host unix:///a', '--host does not go with simulate: see swarmtop --help'],
    ['simulate --listen /s --read-only', '--read-only does not go with simulate: see swarmtop --help'],
    ['simulate --listen /s --speed 5000', '--speed takes 0.01 to 1000 times real time, not "5000"'],
    ['machine', 'machine needs to know what to do: list, kill, poweroff, stop, start, cut, heal'],
    ['machine explode', '"explode" is nothing that machine does: use list, kill, poweroff, stop, start, cut, heal'],
    ['machine kill', 'machine kill needs the name of a machine: swarmtop machine list shows them'],
    ['machine kill a', 'machine needs --listen DIR, where the simulation has its sockets'],
    ['machine kill a b --listen /s', '"b" is one argument too many: see swarmtop --help'],
    ['machine list a --listen /s', '"a" is one argument too many: see swarmtop --help'],
    ['machine list --listen /s --seed 1', '--seed does not go with machine: see swarmtop --help'],
    ['--host=', '--host needs a URL, as in --host unix:///var/run/docker.sock'],
  ]
  for (const [line, text] of table) assert.equal(complaint(line), text, line)
})

test('help names every scenario that comes along, within 120 columns', () => {
  const lines = HELP.split('\n')
  for (const name of SCENARIO_NAMES)
    assert.ok(
      lines.some(line => line.startsWith(`  ${name}  `)),
      name,
    )
  for (const line of lines) assert.ok(line.length <= 120, line)
})

test('help and version are printed', () => {
  assert.match(complaint('--help'), /print/)
  assert.match(complaint('--version'), /print/)
})
