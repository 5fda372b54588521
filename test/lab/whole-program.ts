import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { openTerminal, type Terminal } from '../helpers/terminal.ts'

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** The dashboard as people run it, on engines' sockets, in a terminal that shows the overview with all its panels. */
export function openDashboard(sockets: readonly string[], { columns = 140, rows = 50 } = {}): Terminal {
  return openTerminal({ command: [...program(), ...hostsOf(sockets)], columns, rows })
}

/** Runs `swarmtop status` and gives how it ended and what it printed. */
export async function runStatus(...sockets: readonly string[]) {
  const [command = '', ...args] = [...program(), 'status', ...hostsOf(sockets)]
  const { PATH = '', HOME = '/' } = process.env
  const status = spawn(command, args, { env: { PATH, HOME }, stdio: ['ignore', 'pipe', 'pipe'] })
  const [stdout, stderr, [exitCode]] = await Promise.all([
    text(status.stdout),
    text(status.stderr),
    once(status, 'exit') as Promise<[number | null]>,
  ])
  return { exitCode, stdout, stderr }
}

function program(): readonly string[] {
  if (!existsSync(PROGRAM)) throw new Error('dist/cli.js is not there; build it with npm run prepare')
  return [process.execPath, PROGRAM]
}

function hostsOf(sockets: readonly string[]): readonly string[] {
  return sockets.flatMap(socket => ['--host', `unix://${socket}`])
}
