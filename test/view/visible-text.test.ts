import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { visibleJson, visibleText } from '../../source/view/visible-text.ts'

const CASES: readonly (readonly [what: string, text: string, shown: string, inAscii: string])[] = [
  ['plain text', 'web.1 ready', 'web.1 ready', 'web.1 ready'],
  ['an escape sequence', '\u001b[31mred', '␛[31mred', '\\x1b[31mred'],
  ['a title and its bell', '\u001b]0;x\u0007', '␛]0;x␇', '\\x1b]0;x\\x07'],
  ['a line break and a tab', 'a\r\n\tb', 'a␍␊␉b', 'a\\x0d\\x0a\\x09b'],
  ['DEL', 'a\u007f', 'a␡', 'a\\x7f'],
  ['a C1 control', '\u009b2J', '\\x9b2J', '\\x9b2J'],
  ['a change of direction', 'a\u202eb', 'a\\u202eb', 'a\\u202eb'],
  ['what has no width', 'a\u200bb\u2060', 'a\\u200bb\\u2060', 'a\\u200bb\\u2060'],
  ['line separators of Unicode', 'a\u2028b', 'a\\u2028b', 'a\\u2028b'],
  ['half a surrogate pair', 'a\ud83d', 'a\ufffd', 'a\\ufffd'],
  ['wide characters', '节点', '节点', '\\u8282\\u70b9'],
  ['a pictograph and its variation', '🐳 ❤️', '🐳 ❤', '\\u{1f433} \\u2764'],
  ['a family, each of them', '👨‍👩‍👧', '👨👩👧', '\\u{1f468}\\u{1f469}\\u{1f467}'],
  ['a mark with nothing to stand on', '\u0301a', '◌\u0301a', '\\u0301a'],
  ['a mark with its letter', 'cafe\u0301', 'cafe\u0301', 'cafe\\u0301'],
  ['our own signs', 'm1 → m2 ≥ 2 …', 'm1 → m2 ≥ 2 …', 'm1 -> m2 >= 2 ...'],
]

for (const [what, text, shown, inAscii] of CASES) {
  test(what, () => {
    assert.equal(visibleText(text), shown)
    assert.equal(visibleText(text, true), inAscii)
  })
}

test('nothing that steers a terminal comes through, and twice is as once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isAscii) => {
      const shown = visibleText(text, isAscii)
      assert.doesNotMatch(shown, /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u)
      assert.equal(visibleText(shown, isAscii), shown)
    }),
  )
})

test('JSON keeps its meaning and shows what it is', () => {
  const json = JSON.stringify({
    name: 'a\u001b[31m\u009b2J\u007f',
    'b\u202e\u2028': ['\\\u200b', '\u{e0041}', '节点 🐳'],
  })
  assert.equal(
    visibleJson(json),
    String.raw`{"name":"a\u001b[31m\u009b2J\u007f","b\u202e\u2028":["\\\u200b","\udb40\udc41","节点 🐳"]}`,
  )
})

test('whatever the JSON, nothing in it steers a terminal, and it is read as before', () => {
  const text = fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('\u009b2J', 'a\u202eb', '\\\u2028', '\u{e0041}'))
  const value = fc.oneof(fc.jsonValue(), fc.dictionary(text, fc.array(text)))
  fc.assert(
    fc.property(value, fc.constantFrom(0, 2), (before, indent) => {
      const json = JSON.stringify(before, null, indent)
      assert.deepEqual(JSON.parse(visibleJson(json)), JSON.parse(json))
      assert.doesNotMatch(visibleJson(json).replaceAll('\n', ''), /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u)
    }),
  )
})
