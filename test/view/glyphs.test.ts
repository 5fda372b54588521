import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ASCII_GLYPHS, CONSOLE_GLYPHS, type Glyphs, UNICODE_GLYPHS } from '../../source/view/glyphs.ts'
import { textWidth } from '../../source/view/row.ts'

const signsOf = (glyphs: Glyphs): readonly string[] =>
  Object.values(glyphs).flatMap(glyph => (typeof glyph === 'string' ? [glyph] : Object.values(glyph)))

/** Code page 437 from its 128th character on, and the pictures of its control characters. */
const CODE_PAGE_437 = new Set(
  '☺☻♥♦♣♠•◘○◙♂♀♪♫☼►◄↕‼¶§▬↨↑↓→←∟↔▲▼⌂ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»' +
    '░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■',
)

test('every sign is one cell wide, in every set', () => {
  for (const glyphs of [UNICODE_GLYPHS, CONSOLE_GLYPHS, ASCII_GLYPHS]) {
    assert.deepEqual(
      signsOf(glyphs).filter(sign => textWidth(sign) !== 1),
      [],
    )
  }
})

test('the signs for ASCII are ASCII', () => {
  assert.deepEqual(
    signsOf(ASCII_GLYPHS).filter(sign => !/^[ -~]$/.test(sign)),
    [],
  )
})

test('the signs for Linux’ own console are in its font', () => {
  assert.deepEqual(
    signsOf(CONSOLE_GLYPHS).filter(sign => !/^[ -~]$/.test(sign) && !CODE_PAGE_437.has(sign)),
    [],
  )
})
