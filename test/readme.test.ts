import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { nameKey } from '../source/app/key-names.ts'
import { KEY_GROUP_TITLES } from '../source/app/key-places.ts'
import { BINDINGS } from '../source/app/keys.ts'
import { TABLES, tableColumns } from '../source/app/rows/panel-rows.ts'
import { LIST_SCREENS } from '../source/app/screen.ts'
import { THEME_NAMES } from '../source/app/state.ts'
import { configurationSchema } from '../source/config/configuration-schema.ts'
import { parseConfiguration } from '../source/config/parse-configuration.ts'
import { parseScenario } from '../source/simulator/scenarios/parse-scenario.ts'
import { SCENARIO_NAMES } from '../source/simulator/scenarios/scenario-names.ts'

const README = join(import.meta.dirname, '..', 'readme.md')
const KEYS = /(<!-- keys: [^>]*-->\n)([\s\S]*?)(<!-- \/keys -->)/
const COLUMNS = /(<!-- columns: [^>]*-->\n)([\s\S]*?)(<!-- \/columns -->)/

for (const [what, part, made] of [
  ['keys', KEYS, keyTable],
  ['columns that can be chosen', COLUMNS, columnTable],
] as const) {
  test(`the table of ${what} in the readme is the one in the code`, () => {
    const readme = readFileSync(README, 'utf8')
    if (process.env.UPDATE === '1') {
      writeFileSync(
        README,
        readme.replace(part, (_, begin: string, _table, end: string) => begin + made() + end),
      )
    } else {
      assert.equal(readme.match(part)?.[2], made())
    }
  })
}

test('the scenario in the readme can be read, and every scenario that comes along is named there', () => {
  const readme = readFileSync(README, 'utf8')
  const [, text = ''] = /```yaml\n(machines:[\s\S]*?)```/.exec(readme) ?? []
  const parsed = parseScenario(text, 'readme.md')
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.text)
  for (const name of SCENARIO_NAMES) assert.ok(readme.includes(`\`${name}\``), name)
})

test('the configuration in the readme can be read, and says something of all that can be said', () => {
  const readme = readFileSync(README, 'utf8')
  const [, text = ''] = /```yaml\n(# ~\/\.config\/swarmtop[\s\S]*?)```/.exec(readme) ?? []
  const parsed = parseConfiguration(text, 'readme.md')
  assert.ok(parsed.ok, parsed.ok ? '' : parsed.text)
  for (const key of Object.keys(configurationSchema.shape)) assert.match(text, new RegExp(`^${key}:`, 'm'))
  for (const name of [...THEME_NAMES, ...LIST_SCREENS]) assert.ok(text.includes(name), name)
})

test('a name is that of one binding', () => {
  const names = BINDINGS.map(({ name }) => name)
  assert.deepEqual(
    names.filter((name, index) => names.indexOf(name) !== index),
    [],
  )
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
  const rows = BINDINGS.map(({ where, name, keys, words }) => {
    const names = keys.map(key => `\`${nameKey(key)}\``).join(' ')
    return `| ${KEY_GROUP_TITLES[where]} | ${names} | \`${name}\` | ${words} |`
  })
  return ['| where | keys | name | meaning |', '| --- | --- | --- | --- |', ...rows, ''].join('\n')
}

function columnTable(): string {
  const rows = TABLES.map(panel => {
    const names = tableColumns(panel).map(name => `\`${name}\``)
    return `| \`${panel}\` | ${names.join(' ')} |`
  })
  return ['| table | columns |', '| --- | --- |', ...rows, ''].join('\n')
}
