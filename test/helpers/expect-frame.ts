import assert from 'node:assert/strict'
import { readFileSync, writeFileSync } from 'node:fs'

/** The frame is the one in `test/frames`. With UPDATE=1 it becomes that; the difference is then read in the commit. */
export function expectFrame(name: string, frame: string): void {
  const file = new URL(`../frames/${name}.txt`, import.meta.url)
  if (process.env.UPDATE === '1') writeFileSync(file, `${frame}\n`)
  assert.equal(`${frame}\n`, readFileSync(file, 'utf8'))
}
