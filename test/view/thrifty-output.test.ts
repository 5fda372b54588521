import assert from 'node:assert/strict'
import { test } from 'node:test'
import headless from '@xterm/headless'
import fc from 'fast-check'
import { saveBytes } from '../../source/view/thrifty-output.ts'

test('moves down are taken together, and of styles in a row those are kept that count', () => {
  assert.equal(saveBytes('\u001b[E\u001b[E\u001b[E'), '\u001b[3E')
  assert.equal(saveBytes('\u001b[E'), '\u001b[E')
  assert.equal(saveBytes('\u001b[1m\u001b[36m\u001b[39m\u001b[22m\u001b[2mtext'), '\u001b[39;22;2mtext')
  assert.equal(saveBytes('\u001b[1mbold\u001b[22m'), '\u001b[1mbold\u001b[22m')
})

test('colours of every kind overrule each other, and no background', () => {
  const table = [
    ['38;5;208 39 38;5;75', '38;5;75'],
    ['91 38;2;1;2;3', '38;2;1;2;3'],
    ['48;5;17 38;5;208 33', '48;5;17;33'],
    ['44 104 49 97', '49;97'],
    ['1 38;5;80 0 4', '0;4'],
    ['3 23 4 24 9', '23;24;9'],
    ['1 2 1', '2;1'],
    ['1;31 39', '1;31;39'],
  ] as const
  for (const [codes, kept] of table) {
    const written = codes.split(' ').map(code => `\u001b[${code}m`)
    assert.equal(saveBytes(written.join('')), `\u001b[${kept}m`, codes)
  }
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
    '\u001b[92m',
    '\u001b[38;5;208m',
    '\u001b[38;2;1;2;3m',
    '\u001b[39m',
    '\u001b[44m',
    '\u001b[48;5;17m',
    '\u001b[104m',
    '\u001b[49m',
    '\u001b[3m',
    '\u001b[23m',
    '\u001b[4m',
    '\u001b[24m',
    '\u001b[8m',
    '\u001b[28m',
    '\u001b[9m',
    '\u001b[29m',
    '\u001b[1;31m',
    '\u001b[0m',
    '\u001b[m',
    'x',
    '\u001b[H',
  ]
  const outputs = fc.array(fc.constantFrom(...pieces), { maxLength: 60 }).map(parts => parts.join(''))
  await fc.assert(
    fc.asyncProperty(outputs, async output => assert.equal(await screenOf(saveBytes(output)), await screenOf(output))),
    { numRuns: 500 },
  )
})

/** Letters and styles of the whole screen. */
async function screenOf(output: string): Promise<string> {
  const terminal = new headless.Terminal({ cols: 20, rows: 10, allowProposedApi: true })
  await new Promise<void>(resolve => terminal.write(output, resolve))
  const cells = Array.from({ length: 200 }, (_, index) => {
    const cell = terminal.buffer.active.getLine(Math.floor(index / 20))?.getCell(index % 20)
    return [
      cell?.getChars(),
      [cell?.isBold(), cell?.isDim(), cell?.isInverse(), cell?.isItalic(), cell?.isUnderline()],
      [cell?.isInvisible(), cell?.isStrikethrough()],
      [cell?.getFgColorMode(), cell?.getFgColor(), cell?.getBgColorMode(), cell?.getBgColor()],
    ].join(' ')
  })
  terminal.dispose()
  return cells.join('|')
}
