import assert from 'node:assert/strict'
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { USUAL_PREFERENCES } from '../source/app/initial-state.ts'
import { describeSource, findSource } from '../source/find-source.ts'
import { settleOptions } from '../source/options.ts'
import { printConfig } from '../source/print-config.ts'

test('a simulation that finds no room for its sockets says so', async context => {
  const { TMPDIR: before } = process.env
  const folder = mkdtempSync(join(tmpdir(), 'swarmtop-test-'))
  context.after(() => {
    if (before === undefined) delete process.env.TMPDIR
    else process.env.TMPDIR = before
    rmSync(folder, { recursive: true })
  })
  const deep = join(folder, 'a'.repeat(100))
  mkdirSync(deep)
  assert.match(await complaint(deep), /^The path of a socket has at most 107 bytes, this one is longer: /)
  assert.match(await complaint(join(folder, 'missing')), /^No folder for the simulation can be made in /)
})

/** Why a simulation does not start whose temporary files belong there. */
async function complaint(temporary: string): Promise<string> {
  process.env.TMPDIR = temporary
  const found = await findSource({ kind: 'simulator', scenario: 'one-machine', seed: 1, speed: 1 })
  assert.ok(!found.ok)
  assert.equal(found.isUsage, false)
  return found.text
}

test('what would be used is told without starting a simulation', async () => {
  const source = { kind: 'simulator', scenario: 'crash-loop', seed: 3, speed: 7 } as const
  const found = await describeSource(source)
  assert.ok(found.ok)
  assert.deepEqual(found.source.endpoints, [])
  const given = { source, intervalMs: null, isReadOnly: false, isAscii: false, hasColour: true }
  const options = settleOptions(given, { ok: true, file: null, configuration: {} }, USUAL_PREFERENCES, {})
  assert.deepEqual(JSON.parse(printConfig(options, found.source)).source, {
    kind: 'simulator',
    name: 'crash-loop',
    scenario: 'crash-loop',
    seed: 3,
    speed: 7,
  })
  assert.equal((await describeSource({ ...source, scenario: 'nope' })).ok, false)
})
