import assert from 'node:assert/strict'
import { test } from 'node:test'
import { clipboardSequence } from '../source/terminal-clipboard.ts'

const PLAIN = '\u001b]52;c;aMOp\u0007'

test('a text goes to the clipboard as OSC 52, in UTF-8', () => {
  assert.equal(clipboardSequence('hé', { TERM: 'xterm-256color' }), PLAIN)
})

test('tmux gets it for itself, and once more to hand on', () => {
  const sequence = clipboardSequence('hé', { TMUX: '/tmp/tmux-0/default,1,0', TERM: 'screen' })
  assert.equal(sequence, `${PLAIN}\u001bPtmux;\u001b${PLAIN}\u001b\\`)
})

test('screen hands on pieces that it has room for', () => {
  const sequence = clipboardSequence('x'.repeat(3000), { STY: '1.tty', TERM: 'screen' })
  const pieces = sequence.split('\u001b\\').filter(Boolean)
  assert.ok(pieces.every(piece => piece.startsWith('\u001bP') && piece.length <= 202))
  const handedOn = pieces.map(piece => piece.slice(2)).join('')
  assert.equal(handedOn, clipboardSequence('x'.repeat(3000), {}))
})

test('where only the name tells, it may be either of them', () => {
  assert.equal(clipboardSequence('hé', { TERM: 'screen-256color' }), `${PLAIN}\u001bP${PLAIN}\u001b\\`)
})
