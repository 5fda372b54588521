import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { test } from 'node:test'

/** The conformance list: Swarm's own tests, told as what can be seen from outside. Its numbering has gaps. */
const CASES = {
  'A replicated orchestrator': '2 3 5 6 7 8 9 10 11 12 13 14 16 17 21 22 23 24 25',
  'B updater': '28 29 33',
  'C global orchestrator': '37 39 40 42 43 45 47 50 51 52',
  'D jobs': '54 57 59 62 64 65 66 68 69 70 71 72',
  'E task reaper': '73 74 75 77 78 80 81',
  'F enforcers': '83 84 85 87',
  'G scheduler': '91 92 93 94 95 96 97 98 99 100 101 104 106 107 108 110',
  'H constraints': '111 112 115 116 117',
  'I control API, dispatcher, agent, whole swarm': '118 119 120 121 122 124 125 126 127 128',
  'L observed with the real code':
    'L1 L2 L4 L6 L7 L8 L9 L11 L12 L13 L14 L16 L18 L19 L20 L23 L24 L25 L26 L28 L31 L32 L33',
}

test('every case of the conformance list is a test that is named after its number', () => {
  const folder = new URL('.', import.meta.url)
  const texts = readdirSync(folder)
    .filter(name => name.endsWith('.test.ts'))
    .map(name => readFileSync(new URL(name, folder), 'utf8'))
  const named = new Set(
    texts.flatMap(text => [...text.matchAll(/^\s*test\((?:'|"|`)(L?\d+)\./gm)].map(([, number]) => number)),
  )
  const missing = Object.values(CASES)
    .flatMap(numbers => numbers.split(' '))
    .filter(number => !named.has(number))
  assert.deepEqual(missing, [])
})
