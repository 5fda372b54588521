import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Ink } from '../../../source/view/charts/drawing.ts'
import { asciiOf, drawingRows } from '../../../source/view/charts/drawing-rows.ts'
import { DANGER, PLAIN, QUIET } from '../../../source/view/theme.ts'

const cells = (text: string, ink: Ink) => Array.from(text, character => ({ character, ink }))

test('a drawing becomes rows in our looks, as few pieces as can be', () => {
  const rows = drawingRows(
    [[...cells('⡇ ⣀', 'axis'), ...cells('⠉⠉', 'first')], cells('48', 'words')],
    ink => (ink === 'first' ? { look: DANGER, sign: '·' } : { look: ink === 'axis' ? QUIET : PLAIN }),
    { theme: 'safe', depth: 16, isAscii: false },
  )
  assert.deepEqual(rows, [
    [
      { text: '⡇ ⣀', look: QUIET },
      { text: '··', look: DANGER },
    ],
    [{ text: '48', look: PLAIN }],
  ])
})

test('every character of a chart has one of ASCII, as high and as steep', () => {
  const drawn = { '⠀': ' ', '⠉': '"', '⠒': '-', '⣀': '_', '⡇': '|', '⠁': "'", '⡀': '.', '⡠': '_', '⠑': '-' }
  const steep = { '⡈': '/', '⢁': '\\', '⣿': '#', '▁': '_', '█': '#', a: 'a' }
  for (const [character, ascii] of Object.entries({ ...drawn, ...steep })) {
    assert.equal(asciiOf(character), ascii, character)
  }
  const braille = Array.from({ length: 256 }, (_, dots) => asciiOf(String.fromCharCode(0x2800 + dots)))
  assert.ok(braille.every(character => /^[\x20-\x7e]$/.test(character)))
})
