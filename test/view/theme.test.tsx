import assert from 'node:assert/strict'
import { test } from 'node:test'
import { paint } from '../../source/view/paint.ts'
import { asOld, DANGER, type Looks, PLAIN, QUIET, STRONG, selectedLook, styleOf } from '../../source/view/theme.ts'

const colourful: Looks = { theme: 'safe', depth: 256, isAscii: false }

test('without colour nothing of a look is left', () => {
  assert.deepEqual(styleOf(DANGER, { ...colourful, depth: 1 }), {})
  assert.equal(paint('text', {}), 'text')
})

test('what is old looks alike, however grave it was', () => {
  const old = asOld(colourful)
  assert.deepEqual(styleOf(DANGER, old), styleOf(STRONG, old))
  assert.deepEqual(styleOf(DANGER, old), styleOf(QUIET, colourful))
})

test('a selected row is one bar in the panel in focus, and keeps its colours elsewhere', () => {
  assert.deepEqual(styleOf(selectedLook(DANGER, true), colourful), { inverse: true, bold: true })
  assert.deepEqual(styleOf(selectedLook(PLAIN, true), colourful), { inverse: true })
  assert.deepEqual(styleOf(selectedLook(QUIET, false), colourful), { ...styleOf(QUIET, colourful), bold: true })
})

test('a style is written with the codes that the terminal has for it, and ended with them', () => {
  const table = [
    [{ colour: 3 }, '\u001b[33mtext\u001b[39m'],
    [{ colour: 11 }, '\u001b[93mtext\u001b[39m'],
    [{ colour: 208, bold: true }, '\u001b[38;5;208m\u001b[1mtext\u001b[39m\u001b[22m'],
    [{ dim: true, inverse: true }, '\u001b[2m\u001b[7mtext\u001b[22m\u001b[27m'],
  ] as const
  for (const [style, written] of table) assert.equal(paint('text', style), written)
})
