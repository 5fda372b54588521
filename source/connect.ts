import { homedir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { initialState } from './app/initial-state.ts'
import { openEngines } from './engines.ts'
import type { Source } from './find-source.ts'
import { createElsewhere, type Elsewhere } from './open-elsewhere.ts'
import { operatorName } from './operator-name.ts'
import type { Options } from './options.ts'
import { createPerform } from './perform.ts'
import { type Program, startProgram, WALL_CLOCK } from './program.ts'
import { clipboardSequence } from './terminal-clipboard.ts'

/** A program that reads the source, and the way to let go of everything it holds. */
export type Connection = {
  readonly program: Program
  /** Resolves when the first reading is on its way. */
  readonly whenAsked: Promise<void>
  /** Resolves when the program wants to end. */
  readonly whenQuit: Promise<void>
  /** The programs that texts are opened in, which need to be lent the terminal. */
  readonly elsewhere: Elsewhere
  readonly close: () => Promise<void>
}

/** Opens the source's engines and starts the program on them: the first reading is asked for at once. */
export function connect(options: {
  readonly options: Options
  readonly source: Source
  readonly columns: number
  readonly rows: number
}): Connection {
  const { source, columns, rows } = options
  const { intervalMs, isReadOnly, preferences, screen, bindings } = options.options
  const engines = openEngines(source)
  const settings = {
    ...engines.place(),
    intervalMs,
    isReadOnly,
    stateFolder: join(process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state'), 'swarmtop'),
    operator: operatorName(),
    ...(bindings === null ? {} : { bindings }),
  }
  const state = initialState({ settings, preferences, screen, now: WALL_CLOCK.now(), columns, rows })
  const { promise: whenQuit, resolve: quit } = Promise.withResolvers<void>()
  const elsewhere = createElsewhere()
  const program = startProgram({
    state,
    clock: WALL_CLOCK,
    perform: createPerform(engines, { copy: copyByTerminal, ring: ringTerminal, open: elsewhere.open, quit }),
  })
  const close = async () => {
    program.stop()
    elsewhere.close()
    await engines.close()
  }
  return { program, whenAsked: letSocketsWrite(), whenQuit, elsewhere, close }
}

function copyByTerminal(text: string): void {
  process.stdout.write(clipboardSequence(text))
}

function ringTerminal(): void {
  process.stdout.write('\u0007')
}

/** A socket takes a turn of the event loop to connect and another to write. */
async function letSocketsWrite(): Promise<void> {
  for (let turn = 0; turn < 4; turn += 1) await setImmediate()
}
