import { USUAL_PREFERENCES } from './app/initial-state.ts'
import { type Command, type GivenOptions, readCommandLine } from './command-line.ts'
import { connect } from './connect.ts'
import { exitOnSignals } from './exit-on-signals.ts'
import { describeSource, findSource } from './find-source.ts'
import { loadConfiguration } from './load-configuration.ts'
import { type Options, settleOptions } from './options.ts'
import { assertNever } from './rules/assert-never.ts'
import { terminalObstacle } from './terminal-looks.ts'
import { visibleText } from './view/visible-text.ts'

/** Exit codes as in sysexits.h where the command line or its input is at fault; the others are `status`'s own. */
const EXIT_USAGE = 64
const EXIT_INPUT = 66

/** Does what the arguments ask for and sets the exit code. What is not needed for it is not loaded. */
export async function main(arguments_: readonly string[]): Promise<void> {
  process.stdout.on('error', letReadersGo)
  const command = readCommandLine(arguments_, process.env)
  switch (command.kind) {
    case 'print':
      process.stdout.write(`${command.text}\n`)
      return
    case 'usage':
      return fail(command.text, EXIT_USAGE)
    case 'simulate':
      return simulate(command)
    case 'machine':
    case 'machine-list': {
      const { runMachine } = await import('./run-machine.ts')
      process.exitCode = await runMachine(command)
      return
    }
    case 'print-config':
      return printConfig(command)
    case 'status':
    case 'dashboard':
      return watch(command)
    default:
      return assertNever(command)
  }
}

async function simulate({ options, directory }: Command & { kind: 'simulate' }): Promise<void> {
  const { loadScenario } = await import('./load-scenario.ts')
  const loaded = await loadScenario(options.scenario)
  if (!loaded.ok) return fail(loaded.text, loaded.isUsage ? EXIT_USAGE : EXIT_INPUT)
  const { runSimulation } = await import('./run-simulation.ts')
  process.exitCode = await runSimulation(loaded.scenario, options, directory)
}

async function printConfig(command: Command & { kind: 'print-config' }): Promise<void> {
  const options = await settle(command.options)
  if (options === null) return
  const found = await describeSource(options.source)
  if (!found.ok) return fail(found.text, found.isUsage ? EXIT_USAGE : EXIT_INPUT)
  const { printConfig } = await import('./print-config.ts')
  process.stdout.write(printConfig(options, found.source))
}

async function watch(command: Command & { kind: 'status' | 'dashboard' }): Promise<void> {
  const stopExiting = exitOnSignals()
  const options = await settle(command.options)
  if (options === null) return
  const found = await findSource(options.source)
  if (!found.ok) return fail(found.text, found.isUsage ? EXIT_USAGE : EXIT_INPUT)
  const isWatched = process.stdin.isTTY && process.stdout.isTTY
  const obstacle = command.kind === 'dashboard' && isWatched ? terminalObstacle(process.env, process.platform) : null
  if (obstacle !== null) process.stderr.write(`swarmtop: ${obstacle}; this is one reading\n`)
  if (command.kind === 'dashboard' && isWatched && obstacle === null) {
    const { columns = 80, rows = 24 } = process.stdout
    const connection = connect({ options, source: found.source, columns, rows })
    // The engine answers while the screen's libraries load, once the question is on its way.
    await connection.whenAsked
    const { runDashboard } = await import('./run-dashboard.tsx')
    process.exitCode = await runDashboard(options, connection, stopExiting)
    return
  }
  const { runStatus } = await import('./run-status.ts')
  const asJson = command.kind === 'status' && command.asJson
  process.exitCode = await runStatus(options, found.source, asJson)
}

/** What holds, with the person's configuration; null where that is wrong, which is told and ends it. */
async function settle(given: GivenOptions): Promise<Options | null> {
  const loaded = await loadConfiguration(process.env)
  if (loaded.ok) return settleOptions(given, loaded, USUAL_PREFERENCES, process.env)
  fail(loaded.text, EXIT_INPUT)
  return null
}

/**
 * Who has read enough of what we print, as `head` has, closes the pipe: the rest is said to nobody, and the exit code is
 * what it would have been. A terminal that goes is the dashboard's to see to.
 */
function letReadersGo(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE' && !process.stdout.isTTY) throw error
}

/** A scenario may have several faults, which are told in a line each. */
function fail(text: string, exitCode: number): void {
  const lines = text.split('\n').map(line => visibleText(line))
  process.stderr.write(`swarmtop: ${lines.join('\n')}\n`)
  process.exitCode = exitCode
}
