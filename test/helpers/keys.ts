/**
 * What a terminal sends for a key: `d`, `D`, `?`, `enter`, `esc`, `up`, `ctrl+c`, `f5`. Named as the program's key table
 * names them.
 */
export function bytesOfKey(key: string): string {
  const bytes = NAMED[key] ?? control(key) ?? ([...key].length === 1 ? key : undefined)
  if (bytes === undefined) throw new Error(`no key is called ${key}; to type a text use type()`)
  return bytes
}

/** Ctrl clears all but the last five bits of a letter: `ctrl+c` is byte 3. */
function control(key: string): string | undefined {
  const letter = /^ctrl\+([a-z\\\]])$/.exec(key)?.[1]
  return letter === undefined ? undefined : String.fromCharCode(letter.charCodeAt(0) & 0x1f)
}

const NAMED: Readonly<Record<string, string>> = {
  enter: '\r',
  esc: '\u001b',
  tab: '\t',
  'shift+tab': '\u001b[Z',
  space: ' ',
  backspace: '\u007f',
  delete: '\u001b[3~',
  up: '\u001b[A',
  down: '\u001b[B',
  right: '\u001b[C',
  left: '\u001b[D',
  home: '\u001b[H',
  end: '\u001b[F',
  pageup: '\u001b[5~',
  pagedown: '\u001b[6~',
  f1: '\u001bOP',
  f2: '\u001bOQ',
  f3: '\u001bOR',
  f4: '\u001bOS',
  f5: '\u001b[15~',
}
