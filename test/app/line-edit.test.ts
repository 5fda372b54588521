import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type EditLine, editLine, insertText } from '../../source/app/line-edit.ts'

/** `|` stands for the caret. */
const read = (drawn: string): EditLine => ({ text: drawn.replace('|', ''), caret: drawn.indexOf('|') })
const draw = ({ text, caret }: EditLine): string => `${text.slice(0, caret)}|${text.slice(caret)}`

const CASES: readonly (readonly [before: string, keys: string, after: string])[] = [
  ['|', 'a b space c', 'ab c|'],
  ['ac|', 'left b', 'ab|c'],
  ['abc|', 'left left backspace', '|bc'],
  ['a|bc', 'delete', 'a|c'],
  ['a|bc', 'ctrl+d', 'a|c'],
  ['|abc', 'left backspace', '|abc'],
  ['abc|', 'right delete', 'abc|'],
  ['abc|', 'home x end y', 'xabcy|'],
  ['abc|', 'ctrl+a x ctrl+e y', 'xabcy|'],
  ['svc ping  |x', 'ctrl+w', 'svc |x'],
  ['svc|', 'ctrl+w ctrl+w', '|'],
  ['svc pi|ng', 'ctrl+u', '|ng'],
  ['svc pi|ng', 'ctrl+k', 'svc pi|'],
  ['日本|', 'left x', '日x|本'],
  ['日本|', 'backspace backspace', '|'],
  ['a👩‍👩‍👧b|', 'left backspace', 'a|b'],
  ['e\u0301|', 'backspace', '|'],
  ['|', '日 👍', '日👍|'],
]

for (const [before, keys, after] of CASES) {
  test(`${before} and ${keys} is ${after}`, () => {
    const typed = keys.split(' ').reduce((line, key) => editLine(line, key) ?? line, read(before))
    assert.equal(draw(typed), after)
  })
}

test('keys that neither write nor move are no edits', () => {
  for (const key of ['f5', 'pageup', 'ctrl+x', 'tab', 'esc']) assert.equal(editLine(read('a|'), key), null)
})

test('what is inserted stands before the caret', () => {
  assert.equal(draw(insertText(read('a|d'), 'bc')), 'abc|d')
})
