import { join, resolve } from 'node:path'
import type { ApiMachine } from './api/simulation.ts'
import type { Command } from './command-line.ts'
import type { Control, ControlAnswer } from './control/control.ts'
import { openControl } from './control/open-control.ts'
import { visibleText } from './view/visible-text.ts'

const EXIT_REFUSED = 1
const EXIT_ABSENT = 66
/** A simulation answers at once, unless it is at work on a step of a large world. */
const PATIENCE_MS = 60_000

/**
 * Does something to a machine of a running simulation and prints its name, as the docker CLI does; or lists the machines.
 * Resolves with the exit code.
 */
export async function runMachine(command: Command & { kind: 'machine' | 'machine-list' }): Promise<number> {
  const control = openControl(join(resolve(command.directory), 'control.sock'))
  const printed = await ask(control, command, AbortSignal.timeout(PATIENCE_MS))
  if (printed.ok) {
    process.stdout.write(printed.value)
    return 0
  }
  process.stderr.write(`swarmtop: ${visibleText(printed.text)}\n`)
  return printed.why === 'absent' ? EXIT_ABSENT : EXIT_REFUSED
}

async function ask(
  control: Control,
  command: Command & { kind: 'machine' | 'machine-list' },
  signal: AbortSignal,
): Promise<ControlAnswer<string>> {
  if (command.kind === 'machine') {
    const done = await control.strike(command.name, command.action, signal)
    return done.ok ? { ok: true, value: `${command.name}\n` } : done
  }
  const seen = await control.look(signal)
  return seen.ok ? { ok: true, value: printMachines(seen.value.machines) } : seen
}

/** In columns, as `docker node ls` has them. */
function printMachines(machines: readonly ApiMachine[]): string {
  const rows = [['MACHINE', 'ADDRESS', 'POWER', 'NETWORK', 'SWARM', 'ROLE'], ...machines.map(wordsOf)]
  const widths = rows.reduce<readonly number[]>(
    (widest, row) => row.map((word, column) => Math.max(widest[column] ?? 0, word.length)),
    [],
  )
  const lines = rows.map(row => row.map((word, column) => word.padEnd(widths[column] ?? 0)).join('   '))
  return lines.map(line => `${line.trimEnd()}\n`).join('')
}

function wordsOf({ name, address, power, isCut, swarm, role }: ApiMachine): readonly string[] {
  return [name, address, power, isCut ? 'cut' : 'connected', swarm, role].map(word => visibleText(word))
}
