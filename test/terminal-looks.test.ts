import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { WriteStream } from 'node:tty'
import { speaksUtf8, terminalLooks, terminalObstacle } from '../source/terminal-looks.ts'

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

test('a locale is written in UTF-8 where it says so, or where nothing is said', () => {
  const table: readonly (readonly [NodeJS.ProcessEnv, boolean])[] = [
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LANG: 'C' }, false],
    [{ LANG: 'POSIX' }, false],
    [{ LANG: 'de_DE' }, false],
    [{ LANG: 'de_DE.ISO-8859-1' }, false],
    [{ LANG: 'en_US.UTF-8', LC_CTYPE: 'C' }, false],
    [{ LANG: 'C', LC_CTYPE: 'en_US.UTF-8' }, true],
    [{ LANG: 'C', LC_CTYPE: 'C', LC_ALL: 'en_US.UTF-8' }, true],
    [{ LANG: 'en_US.UTF-8', LC_ALL: '' }, true],
    [{}, true],
  ]
  for (const [environment, isUtf8] of table) {
    assert.equal(speaksUtf8(environment), isUtf8, JSON.stringify(environment))
  }
})

test('a terminal that cannot place a cursor is told to be one', () => {
  assert.match(terminalObstacle({ TERM: 'dumb' }, 'linux') ?? '', /^TERM is dumb/)
  assert.match(terminalObstacle({}, 'linux') ?? '', /^TERM is not set/)
  assert.equal(terminalObstacle({}, 'win32'), null)
  assert.equal(terminalObstacle({ TERM: 'linux' }, 'linux'), null)
})
