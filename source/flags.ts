import meow from 'meow'
import packageJson from '../package.json' with { type: 'json' }

/** A fault in the arguments: one sentence that names it and the mend. */
export class UsageError extends Error {}

const FLAGS = {
  host: { type: 'string', shortFlag: 'H', isMultiple: true },
  context: { type: 'string', shortFlag: 'c' },
  simulate: { type: 'string' },
  listen: { type: 'string' },
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

const ONCE = ['--context', '--simulate', '--listen', '--seed', '--speed', '--interval']

export type Flags = ReturnType<typeof parseFlags>['flags']

/**
 * Takes the arguments apart into flags and the rest. meow takes a repeated flag for a failure of ours and throws; and it
 * forgets a list's flag that has no value.
 */
export function parseFlags(arguments_: readonly string[]) {
  const repeated = ONCE.find(name => arguments_.filter(argument => isFlag(argument, name)).length > 1)
  if (repeated !== undefined) throw new UsageError(`${repeated} can be given once only`)
  const { flags, input } = meow({
    importMeta: import.meta,
    argv: arguments_,
    pkg: packageJson,
    flags: FLAGS,
    autoHelp: false,
    autoVersion: false,
  })
  const hosts = arguments_.filter(argument => isFlag(argument, '--host') || argument.startsWith('-H')).length
  if (hosts > (flags.host ?? []).length) {
    throw new UsageError('--host needs a URL, as in --host unix:///var/run/docker.sock')
  }
  const unknown = Object.keys(flags).find(name => !Object.hasOwn(FLAGS, name))
  if (unknown !== undefined) throw new UsageError(`There is no option ${spell(unknown)}: see swarmtop --help`)
  return { flags, input }
}

/** The flags that a command has no use for are refused: they would be typed for something. */
export function refuseFlags(flags: Flags, command: string, names: readonly (keyof typeof FLAGS)[]): void {
  const given = names.find(name => {
    const value = flags[name]
    return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false
  })
  if (given !== undefined) throw new UsageError(`${spell(given)} does not go with ${command}: see swarmtop --help`)
}

/** A number within its limits, or `usual` where none is given. */
export function readNumber<Usual extends number | null>(
  name: string,
  text: string | undefined,
  { usual, least, most, unit, isWhole = false }: Limits<Usual>,
): number | Usual {
  if (text === undefined) return usual
  const number = text.trim() === '' ? Number.NaN : Number(text)
  if (number >= least && number <= most && (!isWhole || Number.isInteger(number))) return number
  throw new UsageError(`${name} takes ${least} to ${most} ${unit}, not "${text}"`)
}

type Limits<Usual> = {
  readonly usual: Usual
  readonly least: number
  readonly most: number
  readonly unit: string
  readonly isWhole?: boolean
}

function isFlag(argument: string, name: string): boolean {
  return argument === name || argument.startsWith(`${name}=`)
}

function spell(flag: string): string {
  return flag.length === 1 ? `-${flag}` : `--${flag.replace(/[A-Z]/g, letter => `-${letter.toLowerCase()}`)}`
}
