import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { BINDINGS } from '../../source/app/keys.ts'
import { parseConfiguration } from '../../source/config/parse-configuration.ts'

function parse(text: string) {
  const parsed = parseConfiguration(text, 'config.yaml')
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.text)
  return parsed.configuration
}

function complaints(text: string): readonly string[] {
  const parsed = parseConfiguration(text, 'config.yaml')
  return parsed.ok ? [] : parsed.text.split('\n')
}

/** The keys that a configuration gives to a name. */
const keysOf = (text: string, name: string) => parse(text).bindings?.find(binding => binding.name === name)?.keys

describe('a configuration', () => {
  test('says what it says, and nothing of all else', () => {
    assert.deepEqual(parse('theme: light\nbell: true'), { theme: 'light', hasBell: true })
  })

  test('may be of comments alone, or empty', () => {
    assert.deepEqual(parse('# theme: light\n'), {})
    assert.deepEqual(parse(''), {})
  })

  test('can say everything that there is', () => {
    const text = `
interval: 2s
theme: high-contrast
screen: tasks
time: utc
zone-label: example.com/hall
bell: true
mouse: false
columns: { nodes: [hostname, status], services: name }
read-only: true
ascii: false
color: false
`
    assert.deepEqual(parse(text), {
      intervalMs: 2000,
      theme: 'high-contrast',
      screen: 'tasks',
      timeZone: 'utc',
      zoneLabel: 'example.com/hall',
      hasBell: true,
      hasMouse: false,
      columns: { nodes: ['hostname', 'status'], services: ['name'] },
      isReadOnly: true,
      isAscii: false,
      hasColour: false,
    })
  })

  test('gives an interval as a time, or in seconds', () => {
    const table = [
      ['2s', 2000],
      ['0.5', 500],
      ['3', 3000],
      ['250ms', 250],
      ['1m30s', 90_000],
    ] as const
    for (const [text, intervalMs] of table) assert.equal(parse(`interval: ${text}`).intervalMs, intervalMs, text)
  })
})

describe('keys', () => {
  test('are given by name, one or several; all others stay as they are', () => {
    const { bindings = [] } = parse('keys: { drain: x, page-down: [ctrl+v, PgDn] }')
    const changed = bindings.filter((binding, index) => binding !== BINDINGS[index])
    assert.deepEqual(
      changed.map(({ name, keys }) => [name, keys]),
      [
        ['page-down', ['ctrl+v', 'pagedown']],
        ['drain', ['x']],
      ],
    )
  })

  test('are written as the dashboard shows them, or as it hears them', () => {
    const table = [
      ['Ctrl+V', 'ctrl+v'],
      ['ctrl-v', 'ctrl+v'],
      ['Space', 'space'],
      ["' '", 'space'],
      ['F5', 'f5'],
      ['↑', 'up'],
      ['Z', 'Z'],
      ["'#'", '#'],
      ['é', 'é'],
    ] as const
    for (const [written, key] of table) {
      assert.deepEqual(keysOf(`keys: { up: [], read-now: [], mark: [], drain: ${written} }`, 'drain'), [key], written)
    }
  })

  test('are taken away by an empty list', () => {
    assert.deepEqual(keysOf('keys: { drain: [] }', 'drain'), [])
  })

  test('can be exchanged', () => {
    const text = 'keys: { drain: a, activate: d }'
    assert.deepEqual([keysOf(text, 'drain'), keysOf(text, 'activate')], [['a'], ['d']])
  })

  test('may mean one thing on a node and another on a service', () => {
    assert.deepEqual(keysOf('keys: { drain: f }', 'drain'), ['f'])
  })
})

const WRONG: Readonly<Record<string, readonly [text: string, ...complaints: string[]]>> = {
  'no map': ['- theme', 'config.yaml:1:1: The file should be a map of keys and values, not a list'],
  'no YAML': [
    'theme: [',
    'config.yaml:1:9: Flow sequence in block collection must be sufficiently indented and end with a ]',
  ],
  'an unknown key': ['themes: light', 'config.yaml:1:1: The file has no key "themes": did you mean theme?'],
  'an unknown theme': [
    'theme: solarised',
    'config.yaml:1:1: theme should be one of safe, dark, light, high-contrast, not "solarised"',
  ],
  'an interval that is too short': [
    'interval: 10ms',
    'config.yaml:1:1: interval should be a time from 100ms to 1h, like 2s, or a number of seconds, not "10ms"',
  ],
  'a switch that is neither on nor off': [
    'bell: loud',
    'config.yaml:1:1: bell should be one of true, false, not "loud"',
  ],
  'a panel that has no columns': [
    'columns: { node: [hostname] }',
    'config.yaml:1:12: columns has no key "node": did you mean nodes?',
  ],
  'a column that is none': [
    'columns:\n  nodes: [hostname, stauts]',
    'config.yaml:2:21: There is no column of nodes "stauts": did you mean status?',
  ],
  'a column twice': [
    'columns:\n  nodes: [status, status]',
    'config.yaml:2:19: The column status stands twice: leave one of them out',
  ],
  'no column at all': ['columns: { nodes: [] }', 'config.yaml:1:12: columns.nodes should have at least one entry'],
  'a name that no key has': ['keys: { drian: x }', 'config.yaml:1:9: There is no action "drian": did you mean drain?'],
  'a key that no terminal tells of': [
    'keys: { drain: ctrl+i }',
    'config.yaml:1:9: keys.drain should be a key, like x, ctrl+d, f5, pagedown or space, not "ctrl+i"',
  ],
  'no key': ['keys: { drain: }', 'config.yaml:1:9: keys.drain should be a list, not nothing'],
  'a key with two meanings in one place': [
    'keys: { drain: p }',
    'config.yaml:1:9: p would mean both drain and promote on a node: give one of them another key',
  ],
  'a key that means something everywhere': [
    'keys: { drain: q }',
    'config.yaml:1:9: q would mean both drain and leave on a node: give one of them another key',
  ],
  'a key of the task that is selected on a node': [
    'keys: { drain: J }',
    'config.yaml:1:9: J would mean both drain and to-service on a node: give one of them another key',
  ],
  'a key of the task that is selected in a service': [
    'keys: { to-node: r }',
    'config.yaml:1:9: r would mean both to-node and force-update on a task: give one of them another key',
  ],
  'one key given twice': [
    'keys: { filter: z, command: z }',
    'config.yaml:1:9: z would mean both filter and command everywhere: give one of them another key',
  ],
  'several things at once': [
    'bell: loud\nmouse: grey',
    'config.yaml:1:1: bell should be one of true, false, not "loud"',
    'config.yaml:2:1: mouse should be one of true, false, not "grey"',
  ],
  'a key twice': [
    'bell: true\nbell: false',
    'config.yaml:2:1: The key bell stands twice in the same map: leave one of them out',
  ],
}

describe('what is wrong is said with its place and the mend:', () => {
  for (const [what, [text, ...said]] of Object.entries(WRONG)) {
    test(what, () => assert.deepEqual(complaints(text), said))
  }
})
