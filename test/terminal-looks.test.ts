import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { WriteStream } from 'node:tty'
import { terminalLooks } from '../source/terminal-looks.ts'

const asked = { hasColour: true, isAscii: false }
const stream = { getColorDepth: WriteStream.prototype.getColorDepth }

describe('a terminal', () => {
  test('has the colours that its name and its environment promise', () => {
    const table: readonly (readonly [NodeJS.ProcessEnv, number])[] = [
      [{ TERM: 'xterm' }, 16],
      [{ TERM: 'xterm-256color' }, 256],
      [{ TERM: 'xterm', COLORTERM: 'truecolor' }, 256],
      [{ TERM: 'screen' }, 16],
      [{ TERM: 'screen-256color' }, 256],
      [{ TERM: 'tmux-256color', TMUX: '/tmp/tmux-0/default,1,0' }, 256],
      [{ TERM: 'linux' }, 16],
      [{ TERM: 'dumb' }, 1],
      [{ TERM: 'xterm-256color', NO_COLOR: '' }, 256],
    ]
    for (const [environment, depth] of table) {
      assert.equal(terminalLooks(asked, environment, stream).depth, depth, JSON.stringify(environment))
    }
  })

  test('gets no colours where none are wanted, or where there is none', () => {
    assert.equal(terminalLooks({ ...asked, hasColour: false }, { TERM: 'xterm-256color' }, stream).depth, 1)
    assert.equal(terminalLooks(asked, { TERM: 'xterm-256color' }, {}).depth, 1)
  })
})
