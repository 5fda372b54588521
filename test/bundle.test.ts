import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import stringWidth from 'string-width'
import { NARROW, QuickSegmenter } from '../source/view/quick-segmenter.ts'

test('what the bundle measures by its length is as long as it is wide', () => {
  const isNarrow = new RegExp(`[${NARROW}]`)
  const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
  const wrong = characters.filter(character => isNarrow.test(character) && stringWidth(character) !== 1)
  assert.deepEqual(wrong, [])
})

test('what is measured by its length is drawn as it is', () => {
  const isNarrow = new RegExp(`[${NARROW}]`)
  const characters = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
  const unseen = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Mark}\p{Surrogate}]/u
  const wrong = characters.filter(character => isNarrow.test(character) && unseen.test(character))
  assert.deepEqual(wrong, [])
})

test('what is divided without the real segmenter is divided as it would', () => {
  const isNarrow = new RegExp(`[${NARROW} -~\\n\\u001b]`)
  const narrow = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code)).filter(character =>
    isNarrow.test(character),
  )
  const texts = fc.oneof(
    fc.array(fc.constantFrom(...narrow)).map(parts => parts.join('')),
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: 'binary' }),
  )
  const real = new Intl.Segmenter()
  const quick = new QuickSegmenter()
  const divide = (segmenter: Pick<Intl.Segmenter, 'segment'> | QuickSegmenter, text: string) =>
    Array.from(segmenter.segment(text), ({ segment, index }) => [segment, index])
  fc.assert(fc.property(texts, text => assert.deepEqual(divide(quick, text), divide(real, text))))
  const grapheme = (segmenter: Pick<Intl.Segmenter, 'segment'> | QuickSegmenter, text: string, index: number) => {
    const found = segmenter.segment(text).containing(index)
    return found === undefined ? null : [found.segment, found.index]
  }
  const places = fc.integer({ min: -1, max: 12 })
  fc.assert(
    fc.property(texts, places, (text, index) =>
      assert.deepEqual(grapheme(quick, text, index), grapheme(real, text, index)),
    ),
  )
})
