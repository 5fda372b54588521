import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openTerminal, type Terminal, type TerminalOptions } from './terminal.ts'

test('shows what a program prints, without blanks at the ends', async t => {
  const terminal = open(t, { command: shell("printf 'one  \\n\\n  three'") })
  await terminal.exited
  assert.equal(terminal.screen(), 'one\n\n  three')
  assert.equal(terminal.lines().length, 24)
})

test('tells how a program ended', async t => {
  assert.deepEqual(await open(t, { command: shell('exit 3') }).exited, { exitCode: 3, signal: 0 })
})

test('tells the signal that ended a program', async t => {
  const terminal = open(t, { command: ['cat'] })
  terminal.kill('SIGTERM')
  assert.deepEqual(await terminal.exited, { exitCode: 0, signal: 15 })
})

test('types, and keys are known by name', async t => {
  const terminal = open(t, { command: ['cat', '-v'] })
  terminal.type('hello')
  terminal.press('x enter')
  await terminal.waitForScreen('hellox\nhellox')
  terminal.press('up ctrl+d')
  await terminal.waitForScreen('^[[A')
  terminal.press('ctrl+c')
  assert.equal((await terminal.exited).signal, 2)
})

test('refuses a key that nobody knows', t => {
  const terminal = open(t, { command: ['cat'] })
  assert.throws(() => terminal.press('helo'), /no key is called helo/)
})

test('pastes in brackets when the program wants them', async t => {
  const terminal = open(t, { command: shell("printf '\\033[?2004h'; cat -v") })
  await until(terminal, () => terminal.isBracketedPaste())
  terminal.paste('text')
  terminal.press('enter')
  await terminal.waitForScreen('^[[200~text^[[201~')
})

test('pastes plainly when it does not', async t => {
  const terminal = open(t, { command: ['cat', '-v'] })
  terminal.paste('text\r')
  await terminal.waitForScreen(/^text\ntext$/)
})

test('knows the alternate screen, the cursor and the mouse', async t => {
  const terminal = open(t, {
    command: shell(
      "printf '\\033[?1049h\\033[?25l\\033[?1000hin'; read x; printf '\\033[?1000l\\033[?25h\\033[?1049lout'",
    ),
  })
  await terminal.waitForScreen('in')
  assert.deepEqual(modes(terminal), { isAlternateScreen: true, isCursorVisible: false, mouse: 'vt200' })
  terminal.press('enter')
  await terminal.waitForScreen('out')
  assert.deepEqual(modes(terminal), { isAlternateScreen: false, isCursorVisible: true, mouse: 'none' })
})

test('tells how a text looks, also after wide characters', async t => {
  const terminal = open(t, {
    command: shell("printf '日本 \\033[2;31mfaint\\033[0m \\033[1;7mloud \\033[38;2;1;2;255mblue'"),
  })
  await terminal.exited
  const plain = {
    colour: 'default',
    background: 'default',
    isBold: false,
    isDim: false,
    isInverse: false,
    isUnderlined: false,
  }
  assert.deepEqual(terminal.find('faint'), { row: 0, column: 5 })
  assert.deepEqual(terminal.style('日'), plain)
  assert.deepEqual(terminal.style('faint'), { ...plain, colour: 1, isDim: true })
  assert.deepEqual(terminal.style('loud'), { ...plain, isBold: true, isInverse: true })
  assert.equal(terminal.style('blue').colour, '#0102ff')
  assert.throws(() => terminal.style('loft'), /"loft" is not on the screen/)
})

test('has the size that was asked for, and tells the program of a new one', async t => {
  const terminal = open(t, {
    command: shell("trap 'stty size' WINCH; stty size; while :; do read x; done"),
    columns: 70,
    rows: 20,
  })
  await terminal.waitForScreen('20 70')
  terminal.resize(100, 30)
  await terminal.waitForScreen('30 100')
  assert.equal(terminal.lines().length, 30)
})

test('gives the program a plain environment and what was told', async t => {
  const terminal = open(t, { command: ['env'], env: { GREETING: 'hello' }, columns: 2000 })
  await terminal.exited
  const names = terminal
    .lines()
    .filter(Boolean)
    .map(line => line.split('=')[0])
  assert.deepEqual(names.toSorted(), ['GREETING', 'HOME', 'LANG', 'PATH', 'PWD', 'TERM'])
})

test('counts and keeps the bytes', async t => {
  const terminal = open(t, { command: shell("printf '\\033[1mé'") })
  await terminal.exited
  assert.equal(terminal.rawOutput(), '\u001b[1mé')
  assert.equal(terminal.bytesWritten(), 6)
})

test('answers what a program asks the terminal', async t => {
  const terminal = open(t, {
    command: shell("stty raw -echo; printf '\\033[6n'; dd bs=1 count=6 2>/dev/null | cat -v"),
  })
  await terminal.waitForScreen('^[[1;1R')
})

test('a frame that is half drawn is not taken for a screen', async t => {
  const script = "printf '\\033[?2026hone '; read x; printf 'two\\033[?2026l'; exec cat"
  const terminal = open(t, { command: shell(`stty -echo; ${script}`) })
  terminal.press('enter')
  assert.match(await terminal.waitForScreen('one'), /one two/)
})

test('a screen that never comes is a failure that shows the last one', async t => {
  const terminal = open(t, { command: shell('echo this is it; exec cat') })
  await terminal.waitForScreen('this is it')
  await assert.rejects(
    terminal.waitForScreen(/that/, { limitMs: 1 }),
    /0.001 s went by before .* \/that\/.*│ this is it/s,
  )
})

test('a program that ends before its screen came is a failure at once', async t => {
  const terminal = open(t, { command: shell('echo sorry') })
  await assert.rejects(terminal.waitForScreen('welcome'), /the program ended before .* "welcome".*│ sorry/s)
})

test('a key for a program that has ended is a failure', async t => {
  const terminal = open(t, { command: shell('echo sorry') })
  await terminal.exited
  assert.throws(() => terminal.press('q'), /the program has ended and hears nothing.*│ sorry/s)
})

function open(t: { after: (clean: () => Promise<void>) => void }, options: TerminalOptions): Terminal {
  const terminal = openTerminal(options)
  t.after(terminal.close)
  return terminal
}

function shell(script: string): readonly string[] {
  return ['sh', '-c', script]
}

function until(terminal: Terminal, condition: () => boolean): Promise<string> {
  return terminal.waitForScreen(condition)
}

function modes(terminal: Terminal) {
  return {
    isAlternateScreen: terminal.isAlternateScreen(),
    isCursorVisible: terminal.isCursorVisible(),
    mouse: terminal.mouseTracking(),
  }
}
