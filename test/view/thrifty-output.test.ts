import assert from 'node:assert/strict'
import { test } from 'node:test'
import headless from '@xterm/headless'
import fc from 'fast-check'
import { saveBytes } from '../../source/view/thrifty-output.ts'

test('moves down are taken together, and of styles in a row those are kept that count', () => {
  assert.equal(saveBytes('\u001b[E\u001b[E\u001b[E'), '\u001b[3E')
  assert.equal(saveBytes('\u001b[E'), '\u001b[E')
  assert.equal(saveBytes('\u001b[1m\u001b[36m\u001b[39m\u001b[22m\u001b[2mtext'), '\u001b[39m\u001b[22m\u001b[2mtext')
  assert.equal(saveBytes('\u001b[1mbold\u001b[22m'), '\u001b[1mbold\u001b[22m')
})

test('the screen is the same with and without', async () => {
  const pieces = [
    '\u001b[E',
    '\u001b[1m',
    '\u001b[2m',
    '\u001b[22m',
    '\u001b[7m',
    '\u001b[27m',
    '\u001b[31m',
    '\u001b[39m',
    'x',
    '\u001b[H',
  ]
  const outputs = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map(parts => parts.join(''))
  await fc.assert(
    fc.asyncProperty(outputs, async output => assert.equal(await screenOf(saveBytes(output)), await screenOf(output))),
    { numRuns: 200 },
  )
})

/** Letters and styles of the whole screen. */
async function screenOf(output: string): Promise<string> {
  const terminal = new headless.Terminal({ cols: 20, rows: 10, allowProposedApi: true })
  await new Promise<void>(resolve => terminal.write(output, resolve))
  const cells = Array.from({ length: 200 }, (_, index) => {
    const cell = terminal.buffer.active.getLine(Math.floor(index / 20))?.getCell(index % 20)
    return `${cell?.getChars()}${cell?.isBold()}${cell?.isDim()}${cell?.isInverse()}${cell?.getFgColor()}`
  })
  terminal.dispose()
  return cells.join('|')
}
