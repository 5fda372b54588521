import assert from 'node:assert/strict'
import { test } from 'node:test'
import { applyLooks, asOld, DANGER, PLAIN, QUIET, STRONG, selectedLook } from '../../source/view/theme.ts'

const colourful = { hasColour: true, isAscii: false }

test('without colour nothing of a look is left', () => {
  assert.deepEqual(applyLooks(DANGER, { ...colourful, hasColour: false }), PLAIN)
})

test('what is old looks alike, however grave it was', () => {
  const old = asOld(colourful)
  assert.deepEqual(applyLooks(DANGER, old), applyLooks(STRONG, old))
  assert.deepEqual(applyLooks(DANGER, old), QUIET)
})

test('a selected row is one bar in the panel in focus, and keeps its colours elsewhere', () => {
  assert.deepEqual(selectedLook(DANGER, true), { inverse: true, bold: true })
  assert.deepEqual(selectedLook(QUIET, false), { ...QUIET, bold: true })
})
