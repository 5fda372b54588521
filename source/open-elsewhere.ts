import { type ChildProcess, spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'

export type OpenedFile = { readonly name: string; readonly text: string }

/** Runs something while the terminal is somebody else's, and takes it back whatever happens. */
export type Lend = (borrow: () => Promise<void>) => Promise<void>

export type Elsewhere = {
  /** Resolves when the program is closed: with null, or a sentence when it could not be run. */
  readonly open: (program: 'pager' | 'editor', file: OpenedFile) => Promise<string | null>
  /** How the terminal is lent; before it is told, nothing can be opened. */
  readonly lendBy: (lend: Lend) => void
  readonly isOpen: () => boolean
  /** Ends the program that is open. */
  readonly close: () => void
}

/** Opens texts in the programs that a person reads them with. The file is readable by that person alone, and short-lived. */
export function createElsewhere(environment: NodeJS.ProcessEnv = process.env): Elsewhere {
  let lend: Lend | null = null
  let child: ChildProcess | null = null

  async function open(program: 'pager' | 'editor', file: OpenedFile): Promise<string | null> {
    if (lend === null || child !== null) return 'The terminal cannot be lent to another program now'
    const command = commandOf(program, environment)
    try {
      const exitCode = await show(command, file, lend)
      return exitCode === NOT_FOUND || exitCode === NOT_EXECUTABLE ? explainMissing(program, command) : null
    } catch (error) {
      return `The ${program} could not be opened: ${error instanceof Error ? error.message : String(error)}`
    }
  }

  async function show(command: string, { name, text }: OpenedFile, lend: Lend): Promise<number | null> {
    const directory = await mkdtemp(join(tmpdir(), 'swarmtop-'))
    const remove = () => rmSync(directory, { recursive: true, force: true })
    process.once('exit', remove)
    let exitCode: number | null = 0
    try {
      const path = join(directory, name)
      await writeFile(path, text, { mode: 0o600 })
      await lend(async () => {
        await stopReading(process.stdin)
        exitCode = await run(command, path)
        remove()
      })
      return exitCode
    } finally {
      process.off('exit', remove)
      remove()
    }
  }

  /** By way of the shell, since a setting may hold options, as `less -R` does. */
  function run(command: string, path: string): Promise<number | null> {
    return new Promise((resolve, reject) => {
      child = spawn('/bin/sh', ['-c', `${command} "$1"`, 'sh', path], { stdio: 'inherit', env: environment })
      child.once('error', reject)
      child.once('close', code => resolve(code))
    }).finally(() => {
      child = null
    }) as Promise<number | null>
  }

  return {
    open,
    lendBy: way => {
      lend = way
    },
    isOpen: () => child !== null,
    close: () => child?.kill(),
  }
}

/**
 * Ink has let go of the keys by now, but Node goes on reading them until a stream that flows is paused, and would take
 * the first one from the other program.
 */
async function stopReading(stdin: NodeJS.ReadStream): Promise<void> {
  // A stream does not flow before it has noticed, a moment later, that nobody listens any more.
  await setImmediate()
  stdin.resume()
  stdin.pause()
  await setImmediate()
}

/** As git and man choose them. The usual pager takes the shell's place: ending it must not leave it behind. */
function commandOf(program: 'pager' | 'editor', { PAGER, VISUAL, EDITOR }: NodeJS.ProcessEnv): string {
  if (program === 'editor') return VISUAL || EDITOR || 'vi'
  return PAGER || 'f() { if command -v less >/dev/null; then exec less "$@"; else exec more "$@"; fi; }; f'
}

/** How a shell says that it has found no program, or one that it may not run. */
const NOT_FOUND = 127
const NOT_EXECUTABLE = 126

function explainMissing(program: 'pager' | 'editor', command: string): string {
  const names = program === 'pager' ? { setting: 'PAGER', usual: 'less or more' } : { setting: 'EDITOR', usual: 'vi' }
  return command.startsWith('f()')
    ? `There is no ${names.usual} to open it with: set $${names.setting} to a program that is there`
    : `${command} could not be run: set $${names.setting} to a program that is there`
}
