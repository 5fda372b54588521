import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import type { TestContext } from 'node:test'
import { fileURLToPath } from 'node:url'
import { openTerminal, type Terminal, type TerminalOptions } from './terminal.ts'

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

export type Ended = { readonly code: number; readonly out: string; readonly error: string }

/** Runs the program as people run it, without their configuration, and gives how it ended and what it printed. */
export function runProgram(...args: readonly string[]): Promise<Ended> {
  return runProgramIn({}, ...args)
}

/** The same in an environment that has this besides the little that is always there. */
export function runProgramIn(
  environment: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Ended> {
  const [command = '', ...rest] = program(...args)
  const { PATH = '', HOME = '/' } = process.env
  const env = { PATH, HOME, XDG_CONFIG_HOME: '/nowhere', ...environment }
  return new Promise(resolve => {
    execFile(command, rest, { env }, (error, out, said) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : Number(error !== null), out, error: said })
    })
  })
}

/** Runs the program with a standard output that nobody reads any more, and gives how it ended. */
export function runUnheard(
  ...args: readonly string[]
): Promise<{ readonly code: number | null; readonly error: string }> {
  const [command = '', ...rest] = program(...args)
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  const said: string[] = []
  child.stderr.on('data', chunk => said.push(String(chunk)))
  return new Promise(resolve => child.on('close', code => resolve({ code, error: said.join('') })))
}

type Surroundings = Pick<TerminalOptions, 'columns' | 'rows' | 'env'>

/** The program in a terminal, with a home of its own, until the test ends. */
export function openProgram(
  t: TestContext,
  args: readonly string[],
  { columns = 120, rows = 36, env = {} }: Surroundings = {},
): Terminal {
  const home = temporaryFolder(t)
  const terminal = openTerminal({ columns, rows, command: program(...args), env: { HOME: home, TMPDIR: home, ...env } })
  t.after(terminal.close)
  return terminal
}

/** Its arguments for engines on these sockets, managers to fall over to. */
export function onSockets(...sockets: readonly string[]): readonly string[] {
  return sockets.flatMap(socket => ['--host', `unix://${socket}`])
}

export type Simulate = {
  readonly process: ChildProcess
  /** Where its sockets are. */
  readonly directory: string
  /** What it has printed. */
  readonly lines: readonly string[]
}

/** `swarmtop simulate`, once it has said that it is ready, until the test ends. */
export async function simulate(t: TestContext, ...args: readonly string[]): Promise<Simulate> {
  const directory = join(temporaryFolder(t), 'sockets')
  const [command = '', ...rest] = program('simulate', ...args, '--listen', directory)
  const child = spawn(command, rest, { stdio: ['ignore', 'pipe', 'inherit'] })
  t.after(() => child.kill('SIGKILL'))
  const lines: string[] = []
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(line)
    if (line === 'ready') break
  }
  return { process: child, directory, lines }
}

export function temporaryFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'swarmtop-test-'))
  t.after(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

function program(...args: readonly string[]): readonly string[] {
  if (!existsSync(PROGRAM)) throw new Error('dist/cli.js is not there; build it with npm run prepare')
  return [process.execPath, PROGRAM, ...args]
}
