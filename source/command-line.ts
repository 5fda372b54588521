import meow from 'meow'
import packageJson from '../package.json' with { type: 'json' }

/** What a command line asks for, or one sentence about what is wrong with it (exit code 64). */
export type Command =
  | { readonly kind: 'dashboard'; readonly options: Options }
  | { readonly kind: 'status'; readonly asJson: boolean; readonly options: Options }
  | { readonly kind: 'print-config'; readonly options: Options }
  | { readonly kind: 'print'; readonly text: string }
  | { readonly kind: 'usage'; readonly text: string }

export type Options = {
  readonly source: SourceOptions
  readonly intervalMs: number
  readonly isReadOnly: boolean
  readonly isAscii: boolean
  readonly hasColour: boolean
}

export type SourceOptions =
  | { readonly kind: 'engine'; readonly hosts: readonly string[]; readonly context: string | null }
  | { readonly kind: 'simulator'; readonly scenario: string; readonly seed: number; readonly speed: number }

const HELP = `
Usage
  swarmtop [--host URL]… [--context NAME]   dashboard on a swarm; several hosts: managers to fall over to
  swarmtop --simulate [SCENARIO]            dashboard on the simulator that comes with it
  swarmtop status [--json]                  one reading, printed

Where the swarm is, is found as the docker CLI finds it: --host, --context, DOCKER_HOST, DOCKER_CONTEXT, the current
context. Hosts are unix://, tcp:// (with DOCKER_TLS_VERIFY and DOCKER_CERT_PATH) or ssh:// URLs.

Options
  --host, -H URL      a manager's engine; may be given several times
  --context, -c NAME  a docker context
  --simulate NAME     a scenario of the simulator: default
  --seed N            the simulator's chance (default 1)
  --speed X           the simulator's time against real time (default 1)
  --interval SECONDS  between two readings, 0.1 to 3600 (default 1)
  --read-only         refuse every operation
  --ascii             no characters beyond ASCII of our own
  --no-color          no colours (also NO_COLOR)
  --json              with status: for scripts
  --print-config      print what would be used, and end
  --help, --version

Exit codes of status
  0 nothing is wrong   1 something is   2 no quorum, or a service has nothing running   3 no reading
`

const FLAGS = {
  host: { type: 'string', shortFlag: 'H', isMultiple: true },
  context: { type: 'string', shortFlag: 'c' },
  simulate: { type: 'string' },
  seed: { type: 'string' },
  speed: { type: 'string' },
  interval: { type: 'string' },
  readOnly: { type: 'boolean' },
  ascii: { type: 'boolean' },
  color: { type: 'boolean', default: true },
  json: { type: 'boolean' },
  printConfig: { type: 'boolean' },
  help: { type: 'boolean', shortFlag: 'h' },
  version: { type: 'boolean' },
} as const

const COMMANDS = ['status']
const SCENARIOS = ['default']

class UsageError extends Error {}

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
  const { flags, input } = parse(arguments_)
  const unknown = Object.keys(flags).find(name => !Object.hasOwn(FLAGS, name))
  if (unknown !== undefined) throw new UsageError(`There is no option ${spell(unknown)}: see swarmtop --help`)
  if (flags.help) return { kind: 'print', text: HELP.trim() }
  if (flags.version) return { kind: 'print', text: packageJson.version }
  const [command, surplus] = input
  if (command !== undefined && !COMMANDS.includes(command)) {
    throw new UsageError(`There is no command "${command}": use ${COMMANDS.join(', ')}, or none for the dashboard`)
  }
  if (surplus !== undefined) throw new UsageError(`"${surplus}" is one argument too many: see swarmtop --help`)
  if (flags.json && command !== 'status') throw new UsageError('--json goes with status: swarmtop status --json')
  const options = readOptions(flags, environment)
  if (flags.printConfig) return { kind: 'print-config', options }
  return command === 'status'
    ? { kind: 'status', asJson: flags.json === true, options }
    : { kind: 'dashboard', options }
}

/** meow takes a repeated flag for a failure of ours and throws; and it forgets a list's flag that has no value. */
function parse(arguments_: readonly string[]) {
  const repeated = ONCE.find(name => arguments_.filter(argument => isFlag(argument, name)).length > 1)
  if (repeated !== undefined) throw new UsageError(`${repeated} can be given once only`)
  const parsed = meow({
    importMeta: import.meta,
    argv: arguments_,
    pkg: packageJson,
    help: HELP,
    flags: FLAGS,
    autoHelp: false,
    autoVersion: false,
  })
  const hosts = arguments_.filter(argument => isFlag(argument, '--host') || argument.startsWith('-H')).length
  if (hosts > (parsed.flags.host ?? []).length) {
    throw new UsageError('--host needs a URL, as in --host unix:///var/run/docker.sock')
  }
  return parsed
}

const ONCE = ['--context', '--simulate', '--seed', '--speed', '--interval']

function isFlag(argument: string, name: string): boolean {
  return argument === name || argument.startsWith(`${name}=`)
}

type Flags = {
  readonly host?: string[] | undefined
  readonly context?: string | undefined
  readonly simulate?: string | undefined
  readonly seed?: string | undefined
  readonly speed?: string | undefined
  readonly interval?: string | undefined
  readonly readOnly?: boolean | undefined
  readonly ascii?: boolean | undefined
  readonly color?: boolean | undefined
}

function readOptions(flags: Flags, environment: NodeJS.ProcessEnv): Options {
  return {
    source: readSource(flags),
    intervalMs: Math.round(readNumber('--interval', flags.interval, 1, 0.1, 3600, 'seconds') * 1000),
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
  const scenario = simulate === '' ? 'default' : simulate
  if (!SCENARIOS.includes(scenario)) {
    throw new UsageError(`There is no scenario "${scenario}": this version has ${SCENARIOS.join(', ')}`)
  }
  return {
    kind: 'simulator',
    scenario,
    seed: Math.trunc(readNumber('--seed', flags.seed, 1, 0, 2 ** 32 - 1, 'as a whole number')),
    speed: readNumber('--speed', flags.speed, 1, 0.01, 1000, 'times real time'),
  }
}

function refuseSimulatorOptions(flags: Flags): void {
  if (flags.seed !== undefined) throw new UsageError('--seed goes with --simulate')
  if (flags.speed !== undefined) throw new UsageError('--speed goes with --simulate')
}

function readNumber(
  name: string,
  text: string | undefined,
  usual: number,
  least: number,
  most: number,
  unit: string,
): number {
  if (text === undefined) return usual
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (number >= least && number <= most) return number
  throw new UsageError(`${name} takes ${least} to ${most} ${unit}, not "${text}"`)
}

function spell(flag: string): string {
  return flag.length === 1 ? `-${flag}` : `--${flag.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
}
