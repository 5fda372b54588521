import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { BINDINGS, KEY_GROUP_TITLES, nameKey } from '../source/app/keys.ts'
import { parseScenario } from '../source/simulator/scenarios/parse-scenario.ts'
import { SCENARIO_NAMES } from '../source/simulator/scenarios/scenario-names.ts'

const README = join(import.meta.dirname, '..', 'readme.md')
const KEYS = /(<!-- keys: [^>]*-->\n)([\s\S]*?)(<!-- \/keys -->)/

test('the key table of the readme is the one in the code', () => {
  const readme = readFileSync(README, 'utf8')
  if (process.env.UPDATE === '1') {
    writeFileSync(
      README,
      readme.replace(KEYS, (_, begin: string, _table, end: string) => begin + keyTable() + end),
    )
  } else {
    assert.equal(readme.match(KEYS)?.[2], keyTable())
  }
})

test('the scenario in the readme can be read, and every scenario that comes along is named there', () => {
  const readme = readFileSync(README, 'utf8')
  const [, text = ''] = /```yaml\n([\s\S]*?)```/.exec(readme) ?? []
  const parsed = parseScenario(text, 'readme.md')
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.text)
  for (const name of SCENARIO_NAMES) assert.ok(readme.includes(`\`${name}\``), name)
})

test('no key means two things in one place', () => {
  for (const groups of [['node', 'machine'], ['service']]) {
    const heard = [...groups, 'time', 'everywhere']
    const keys = BINDINGS.filter(({ where }) => heard.includes(where)).flatMap(({ keys }) => keys)
    assert.deepEqual(
      keys.filter((key, index) => keys.indexOf(key) !== index),
      [],
    )
  }
})

function keyTable(): string {
  const rows = BINDINGS.map(({ where, keys, words }) => {
    const names = keys.map(key => `\`${nameKey(key)}\``).join(' ')
    return `| ${KEY_GROUP_TITLES[where]} | ${names} | ${words} |`
  })
  return ['| where | keys | |', '| --- | --- | --- |', ...rows, ''].join('\n')
}
