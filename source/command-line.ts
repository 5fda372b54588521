import packageJson from '../package.json' with { type: 'json' }
import { type Flags, parseFlags, readNumber, refuseFlags, UsageError } from './flags.ts'
import { HELP } from './help-text.ts'
import { isMachineAction, MACHINE_ACTIONS, type MachineAction } from './rules/machine-action.ts'
import { LEAST_SPEED, MOST_SPEED } from './rules/speed.ts'

/** What a command line asks for, or one sentence about what is wrong with it (exit code 64). */
export type Command =
  | { readonly kind: 'dashboard'; readonly options: GivenOptions }
  | { readonly kind: 'status'; readonly asJson: boolean; readonly options: GivenOptions }
  | { readonly kind: 'print-config'; readonly options: GivenOptions }
  /** The simulator alone. `directory`: where its sockets are to be, as given. */
  | { readonly kind: 'simulate'; readonly options: SimulationOptions; readonly directory: string }
  | { readonly kind: 'machine'; readonly action: MachineAction; readonly name: string; readonly directory: string }
  | { readonly kind: 'machine-list'; readonly directory: string }
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'usage'; readonly text: string }

/** What the command line and NO_COLOR ask for. What they leave open, `options.ts` settles. */
export type GivenOptions = {
  readonly source: SourceOptions
  /** Null: nothing is said of it. */
  readonly intervalMs: number | null
  readonly isReadOnly: boolean
  readonly isAscii: boolean
  readonly hasColour: boolean
}

export type SourceOptions =
  | { readonly kind: 'engine'; readonly hosts: readonly string[]; readonly context: string | null }
  | ({ readonly kind: 'simulator' } & SimulationOptions)

/** `scenario`: a name or a path, not looked up yet. */
export type SimulationOptions = { readonly scenario: string; readonly seed: number; readonly speed: number }

const COMMANDS = ['status', 'simulate', 'machine']
const USUAL_SCENARIO = 'quiet-day'

/**
 * Reads the arguments after the program's name. Says every fault in one sentence that names the argument and the mend;
 * ends nothing and prints nothing. `environment`: for NO_COLOR.
 */
export function readCommandLine(arguments_: readonly string[], environment: NodeJS.ProcessEnv): Command {
  try {
    return understand(arguments_, environment)
  } catch (error) {
    if (error instanceof UsageError) return { kind: 'usage', text: error.message }
    throw error
  }
}

function understand(arguments_: readonly string[], environment: NodeJS.ProcessEnv): Command {
  const { flags, input } = parseFlags(arguments_)
  if (flags.help) return { kind: 'print', text: HELP.trim() }
  if (flags.version) return { kind: 'print', text: packageJson.version }
  const [command, ...rest] = input
  if (flags.json && command !== 'status') throw new UsageError('--json goes with status: swarmtop status --json')
  switch (command) {
    case 'simulate':
      return readSimulate(flags, rest)
    case 'machine':
      return readMachine(flags, rest)
    case undefined:
    case 'status':
      return readWatching(flags, command, rest, environment)
    default:
      throw new UsageError(`There is no command "${command}": use ${COMMANDS.join(', ')}, or none for the dashboard`)
  }
}

function readWatching(
  flags: Flags,
  command: 'status' | undefined,
  rest: readonly string[],
  environment: NodeJS.ProcessEnv,
): Command {
  refuseSurplus(rest)
  if (flags.listen !== undefined) throw new UsageError('--listen goes with simulate and machine')
  const options = readOptions(flags, environment)
  if (flags.printConfig) return { kind: 'print-config', options }
  return command === 'status'
    ? { kind: 'status', asJson: flags.json === true, options }
    : { kind: 'dashboard', options }
}

const OF_WATCHING = ['host', 'context', 'simulate', 'interval', 'readOnly', 'printConfig'] as const

function readSimulate(flags: Flags, rest: readonly string[]): Command {
  const [scenario = USUAL_SCENARIO, ...surplus] = rest
  refuseSurplus(surplus)
  refuseFlags(flags, 'simulate', OF_WATCHING)
  const directory = readDirectory(flags, 'simulate needs --listen DIR, where its sockets are to be')
  return { kind: 'simulate', options: readSimulation(flags, scenario), directory }
}

function readMachine(flags: Flags, rest: readonly string[]): Command {
  const [action, name, ...surplus] = rest
  const actions = ['list', ...MACHINE_ACTIONS].join(', ')
  if (action === undefined) throw new UsageError(`machine needs to know what to do: ${actions}`)
  if (action !== 'list' && !isMachineAction(action)) {
    throw new UsageError(`"${action}" is nothing that machine does: use ${actions}`)
  }
  refuseSurplus(action === 'list' && name !== undefined ? [name] : surplus)
  refuseFlags(flags, 'machine', [...OF_WATCHING, 'seed', 'speed'])
  if (action !== 'list' && name === undefined) {
    throw new UsageError(`machine ${action} needs the name of a machine: swarmtop machine list shows them`)
  }
  const directory = readDirectory(flags, 'machine needs --listen DIR, where the simulation has its sockets')
  if (action === 'list' || name === undefined) return { kind: 'machine-list', directory }
  return { kind: 'machine', action, name, directory }
}

function readDirectory({ listen }: Flags, missing: string): string {
  if (listen === undefined) throw new UsageError(missing)
  if (listen === '') throw new UsageError('--listen needs a directory, as in --listen ./swarm')
  return listen
}

function refuseSurplus([surplus]: readonly string[]): void {
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one argument too many: see swarmtop --help`)
}

function readOptions(flags: Flags, environment: NodeJS.ProcessEnv): GivenOptions {
  const interval = readNumber('--interval', flags.interval, { usual: null, least: 0.1, most: 3600, unit: 'seconds' })
  return {
    source: readSource(flags),
    intervalMs: interval === null ? null : Math.round(interval * 1000),
    isReadOnly: flags.readOnly === true,
    isAscii: flags.ascii === true,
    hasColour: flags.color !== false && (environment.NO_COLOR ?? '') === '',
  }
}

function readSource(flags: Flags): SourceOptions {
  const hosts = flags.host ?? []
  const { simulate, context } = flags
  if (context === '') throw new UsageError('--context needs a name: docker context ls shows them')
  if (simulate === undefined) {
    refuseSimulatorOptions(flags)
    return { kind: 'engine', hosts, context: context ?? null }
  }
  if (hosts.length > 0 || context !== undefined) {
    throw new UsageError('--simulate brings its own engines: leave out --host and --context')
  }
  return { kind: 'simulator', ...readSimulation(flags, simulate || USUAL_SCENARIO) }
}

function refuseSimulatorOptions(flags: Flags): void {
  if (flags.seed !== undefined) throw new UsageError('--seed goes with --simulate')
  if (flags.speed !== undefined) throw new UsageError('--speed goes with --simulate')
}

function readSimulation(flags: Flags, scenario: string): SimulationOptions {
  const seed = readNumber('--seed', flags.seed, {
    usual: 1,
    least: 0,
    most: 2 ** 32 - 1,
    unit: 'as a whole number',
    isWhole: true,
  })
  const speed = readNumber('--speed', flags.speed, {
    usual: 1,
    least: LEAST_SPEED,
    most: MOST_SPEED,
    unit: 'times real time',
  })
  return { scenario, seed, speed }
}
