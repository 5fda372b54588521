import { EventEmitter } from 'node:events'
import headless from '@xterm/headless'
import { render } from 'ink'
import type { State } from '../../source/app/state.ts'
import { Dashboard } from '../../source/view/dashboard.tsx'
import { thriftyOutput } from '../../source/view/thrifty-output.ts'

/** A dashboard on a terminal in memory, which gets the same bytes as a real one. */
export type Screen = {
  /** Draws the next state and resolves with the bytes that it took. */
  readonly show: (state: State) => Promise<number>
  /** What the terminal shows now, blanks at the ends of lines left out. */
  readonly text: () => string
  readonly close: () => void
}

export function openScreen(first: State): Screen {
  const { columns: cols, rows } = first.size
  const terminal = new headless.Terminal({ cols, rows, allowProposedApi: true })
  const stdout = new MemoryStdout(terminal, cols, rows)
  const looks = { depth: 256, isAscii: false } as const
  const app = render(<Dashboard state={first} looks={looks} />, {
    stdout: thriftyOutput(stdout as unknown as NodeJS.WriteStream),
    alternateScreen: true,
    incrementalRendering: true,
    interactive: true,
    patchConsole: false,
    exitOnCtrlC: false,
    maxFps: 1000,
  })
  return {
    show: async state => {
      const before = stdout.bytes
      app.rerender(<Dashboard state={state} looks={looks} />)
      await app.waitUntilRenderFlush()
      await stdout.drawn()
      return stdout.bytes - before
    },
    text: () =>
      Array.from({ length: rows }, (_, row) => terminal.buffer.active.getLine(row)?.translateToString(true) ?? '')
        .map(line => line.trimEnd())
        .join('\n'),
    close: () => app.unmount(),
  }
}

class MemoryStdout extends EventEmitter {
  readonly isTTY = true
  readonly columns: number
  readonly rows: number
  readonly #terminal: headless.Terminal
  bytes = 0

  constructor(terminal: headless.Terminal, columns: number, rows: number) {
    super()
    this.#terminal = terminal
    this.columns = columns
    this.rows = rows
  }

  /** A terminal in raw mode gets a carriage return with each line feed from the driver's output processing. */
  write(text: string, ...rest: readonly unknown[]): boolean {
    this.bytes += Buffer.byteLength(text)
    this.#terminal.write(text.replaceAll('\n', '\r\n'))
    const callback = rest.at(-1)
    if (typeof callback === 'function') callback()
    return true
  }

  /** Resolves when all that was written has been drawn. */
  drawn(): Promise<void> {
    return new Promise(resolve => this.#terminal.write('', resolve))
  }
}
