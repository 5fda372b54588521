import xterm, { type Terminal as Screen } from '@xterm/headless'
import { type IPty, spawn } from 'node-pty'
import { bytesOfKey } from './keys.ts'
import { type CellStyle, type Place, placeOf, screenLines, styleAt } from './screen.ts'

/** A program in a pseudo terminal, and what a person would see on its screen. */
export type Terminal = {
  /** Keys one after the other, divided by blanks: `down down d`, `ctrl+c`. */
  readonly press: (keys: string) => void
  /** A text, letter by letter. */
  readonly type: (text: string) => void
  /** As a terminal pastes: in brackets when the program has asked for them. */
  readonly paste: (text: string) => void
  /** The visible lines, without the blanks at their ends. */
  readonly lines: () => readonly string[]
  /** The visible lines as one text, without empty lines at its end. */
  readonly screen: () => string
  /** Where a text stands, counted from 0; `null` when it is not on the screen. */
  readonly find: (text: string) => Place | null
  /** How the cell at this place, or the first one of this text, looks. Fails when the text is not on the screen. */
  readonly style: (where: string | Place) => CellStyle
  /**
   * Waits until the screen is right, looking again whenever the program has written something; gives the screen. Fails
   * after `limitMs` (10 s unless told), or when the program has ended, with the whole last screen.
   */
  readonly waitForScreen: (wanted: Wanted, options?: { readonly limitMs?: number }) => Promise<string>
  readonly resize: (columns: number, rows: number) => void
  readonly isAlternateScreen: () => boolean
  /** What the window was told to be called; `''` when nothing has. */
  readonly title: () => string
  readonly isBracketedPaste: () => boolean
  readonly isCursorVisible: () => boolean
  readonly mouseTracking: () => 'none' | 'x10' | 'vt200' | 'drag' | 'any'
  readonly bytesWritten: () => number
  /** Everything the program wrote, escape sequences and all. */
  readonly rawOutput: () => string
  /** Comes when the program has ended and its last words are on the screen. `signal`: 0 when it ended by itself. */
  readonly exited: Promise<{ readonly exitCode: number; readonly signal: number }>
  readonly pid: number
  readonly kill: (signal: NodeJS.Signals) => void
  /** Ends the program if it still runs. */
  readonly close: () => Promise<void>
}

export type Wanted = string | RegExp | ((screen: string) => boolean)

export type TerminalOptions = {
  readonly command: readonly string[]
  readonly columns?: number
  readonly rows?: number
  /** Besides the little that every terminal sets; nothing else of our own environment gets through, least of all CI. */
  readonly env?: Readonly<Record<string, string>>
  readonly cwd?: string
}

/** Starts a program in a terminal of xterm's kind. */
export function openTerminal({ command, columns = 80, rows = 24, env = {}, cwd }: TerminalOptions): Terminal {
  const [file, ...args] = command
  if (file === undefined) throw new Error('openTerminal needs a command')
  const screen = new xterm.Terminal({ cols: columns, rows, scrollback: 1000, allowProposedApi: true })
  const pty = spawn(file, args, {
    name: env.TERM ?? 'xterm-256color',
    cols: columns,
    rows,
    cwd: cwd ?? process.cwd(),
    env: { ...plainEnvironment(), ...env },
    encoding: null,
  })
  let title = ''
  screen.onTitleChange(named => {
    title = named
  })
  const output = followOutput(pty, screen)
  const exit = followExit(pty, screen, output.changed)

  const text = (): string => screenLines(screen).join('\n').trimEnd()
  const write = (bytes: string): void => {
    if (exit.hasHappened()) throw new Error(`the program has ended and hears nothing; it left:\n${frame(text())}`)
    pty.write(bytes)
  }
  return {
    press: keys => keys.split(' ').filter(Boolean).map(bytesOfKey).forEach(write),
    type: write,
    paste: pasted => write(screen.modes.bracketedPasteMode ? `\u001b[200~${pasted}\u001b[201~` : pasted),
    lines: () => screenLines(screen),
    screen: text,
    find: wanted => placeOf(screen, wanted),
    style: where => styleAt(screen, typeof where === 'string' ? placeOrFail(screen, where) : where),
    waitForScreen: (wanted, { limitMs = 10_000 } = {}) =>
      waitForScreen({
        wanted,
        limitMs,
        text,
        changed: output.changed,
        isDrawing: () => screen.modes.synchronizedOutputMode,
        hasExited: exit.hasHappened,
      }),
    resize: (newColumns, newRows) => {
      screen.resize(newColumns, newRows)
      pty.resize(newColumns, newRows)
    },
    title: () => title,
    isAlternateScreen: () => screen.buffer.active.type === 'alternate',
    isBracketedPaste: () => screen.modes.bracketedPasteMode,
    isCursorVisible: () => output.raw().lastIndexOf('\u001b[?25h') >= output.raw().lastIndexOf('\u001b[?25l'),
    mouseTracking: () => screen.modes.mouseTrackingMode,
    bytesWritten: () => output.bytes().length,
    rawOutput: output.raw,
    exited: exit.happened,
    pid: pty.pid,
    kill: signal => pty.kill(signal),
    close: async () => {
      if (!exit.hasHappened()) pty.kill('SIGKILL')
      await exit.happened
      screen.dispose()
    },
  }
}

/** What stands on a login screen; a person's own settings would make tests depend on the person. */
function plainEnvironment(): Record<string, string> {
  const { PATH = '', HOME = '/' } = process.env
  return { PATH, HOME, LANG: 'C.UTF-8' }
}

/** Who waits for the screen to change; called after each chunk that the terminal has taken in. */
type Changed = Set<() => void>

type Output = { readonly changed: Changed; readonly bytes: () => Buffer; readonly raw: () => string }

function followOutput(pty: IPty, screen: Screen): Output {
  const chunks: Buffer[] = []
  const changed: Changed = new Set()
  // The types promise strings; without an encoding they are bytes, which xterm joins over the chunks' borders.
  pty.onData(data => {
    const chunk = Buffer.from(data)
    chunks.push(chunk)
    screen.write(chunk, () => tell(changed))
  })
  // A terminal answers the questions that programs ask it.
  screen.onData(answer => pty.write(answer))
  const bytes = (): Buffer => Buffer.concat(chunks)
  return { changed, bytes, raw: () => bytes().toString('utf8') }
}

type Exit = { readonly happened: Terminal['exited']; readonly hasHappened: () => boolean }

function followExit(pty: IPty, screen: Screen, changed: Changed): Exit {
  let hasHappened = false
  const happened: Terminal['exited'] = new Promise(resolve => {
    pty.onExit(({ exitCode, signal = 0 }) => {
      screen.write('', () => {
        hasHappened = true
        resolve({ exitCode, signal })
        tell(changed)
      })
    })
  })
  return { happened, hasHappened: () => hasHappened }
}

function tell(changed: Changed): void {
  for (const listener of [...changed]) listener()
}

type Wait = {
  readonly wanted: Wanted
  readonly limitMs: number
  readonly text: () => string
  readonly changed: Changed
  /** Between the marks with which a program encloses a frame (mode 2026) nobody sees what is there already. */
  readonly isDrawing: () => boolean
  readonly hasExited: () => boolean
}

function waitForScreen({ wanted, limitMs, text, changed, isDrawing, hasExited }: Wait): Promise<string> {
  const failure = new Error()
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer)
      changed.delete(look)
      finish()
    }
    const fail = (why: string): void => {
      failure.message = `${why} the screen showed ${describe(wanted)}; it shows:\n${frame(text())}`
      settle(() => reject(failure))
    }
    const look = (): void => {
      const screen = text()
      if (!isDrawing() && isAsWanted(screen, wanted)) settle(() => resolve(screen))
      else if (hasExited()) fail('the program ended before')
    }
    const timer = setTimeout(() => fail(`${limitMs / 1000} s went by before`), limitMs)
    changed.add(look)
    look()
  })
}

function isAsWanted(screen: string, wanted: Wanted): boolean {
  if (typeof wanted === 'string') return screen.includes(wanted)
  return typeof wanted === 'function' ? wanted(screen) : wanted.test(screen)
}

function describe(wanted: Wanted): string {
  if (typeof wanted === 'string') return JSON.stringify(wanted)
  return typeof wanted === 'function' ? `what ${wanted} wants` : String(wanted)
}

function frame(screen: string): string {
  return screen
    .split('\n')
    .map(line => `  │ ${line}`)
    .join('\n')
}

function placeOrFail(screen: Screen, text: string): Place {
  const place = placeOf(screen, text)
  if (place === null) {
    throw new Error(`${JSON.stringify(text)} is not on the screen:\n${frame(screenLines(screen).join('\n'))}`)
  }
  return place
}
