import assert from 'node:assert/strict'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { playScript } from './scenario-script.ts'

const FOLDER = join(import.meta.dirname, '../scenarios')

/** `UPDATE=1` writes the outputs anew; what has changed is then reviewed as a diff. */
for (const name of readdirSync(FOLDER).toSorted()) {
  test(`scenario ${name}`, () => {
    const path = join(FOLDER, name)
    const expected = readFileSync(path, 'utf8')
    const played = playScript(expected)
    if (process.env.UPDATE === '1') writeFileSync(path, played)
    else assert.equal(played, expected)
  })
}
