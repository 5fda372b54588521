import { parseDuration } from '../../rules/parse-duration.ts'
import { parseSize } from '../../rules/parse-size.ts'
import { type ImageBehaviour, type Range, WELL_BEHAVED } from './image.ts'

/** Labels on a service that say how its containers behave: `swarmtop.sim.<field>`. */
const BEHAVIOUR_LABEL = 'swarmtop.sim.'

type Field = {
  /** What a value looks like, for whoever wrote another. */
  readonly wanted: string
  /** Null when the text is none of that. */
  readonly read: (behaviour: ImageBehaviour, text: string) => ImageBehaviour | null
}

const A_RANGE = 'a duration like 250ms, 10s or 1m30s, or a range like 1s..4s'
const A_CHANCE = 'a chance from 0 to 1, like 0.25'
const ENDS = { chance: 1, afterMs: [0, 0], code: 0 } as const
const SICKENS = { chance: 1, afterMs: [0, 0] } as const

/**
 * What can be said about the containers of an image, in a scenario's `images:` and in the labels of a service alike:
 * each field is read from text and changes the behaviour that is there.
 */
export const BEHAVIOUR_FIELDS: Readonly<Record<string, Field>> = {
  /** How long it takes to pull. */
  pull: field(A_RANGE, parseRange, (behaviour, pullMs) => ({ ...behaviour, pullMs })),
  missing: field('true or false', parseBoolean, (behaviour, isMissing) => ({ ...behaviour, isMissing })),
  create: field(A_RANGE, parseRange, (behaviour, createMs) => ({ ...behaviour, createMs })),
  start: field(A_RANGE, parseRange, (behaviour, startMs) => ({ ...behaviour, startMs })),
  /** Why it does not start, as the engine would say it. */
  'start-error': field('a sentence', parseText, (behaviour, startError) => ({ ...behaviour, startError })),
  /** How long it takes to end when it is told to; `never`: it ignores the signal and has to be killed. */
  stop: field(`${A_RANGE}, or never`, orNever, (behaviour, stopMs) => ({
    ...behaviour,
    stopMs: stopMs === 'never' ? 'ignores-signal' : stopMs,
  })),
  /** Ends by itself after so long. */
  'exit-after': field(`${A_RANGE}, or never`, orNever, (behaviour, afterMs) => ({
    ...behaviour,
    exit: afterMs === 'never' ? null : { ...(behaviour.exit ?? ENDS), afterMs },
  })),
  'exit-code': field('a number from 0 to 255', parseExitCode, (behaviour, code) => ({
    ...behaviour,
    exit: { ...(behaviour.exit ?? ENDS), code },
  })),
  'exit-chance': field(A_CHANCE, parseChance, (behaviour, chance) => ({
    ...behaviour,
    exit: { ...(behaviour.exit ?? ENDS), chance },
  })),
  /** `exit,run`: the first container of the service ends by itself, the second does not, the third does … */
  'exit-pattern': field('words exit and run, like exit,run', parsePattern, (behaviour, exitPattern) => ({
    ...behaviour,
    exit: behaviour.exit ?? ENDS,
    exitPattern,
  })),
  /** Its health check passes from then on. */
  'healthy-after': field(A_RANGE, parseRange, (behaviour, healthyAfterMs) => ({ ...behaviour, healthyAfterMs })),
  /** Its health check fails from then on. */
  'unhealthy-after': field(`${A_RANGE}, or never`, orNever, (behaviour, afterMs) => ({
    ...behaviour,
    unhealthy: afterMs === 'never' ? null : { ...(behaviour.unhealthy ?? SICKENS), afterMs },
  })),
  'unhealthy-chance': field(A_CHANCE, parseChance, (behaviour, chance) => ({
    ...behaviour,
    unhealthy: { ...(behaviour.unhealthy ?? SICKENS), chance },
  })),
  memory: field('an amount like 256MiB', parseSize, (behaviour, memoryBytes) => ({ ...behaviour, memoryBytes })),
  log: field('lines of text', parseLines, (behaviour, lines) => ({
    ...behaviour,
    log: lines.length === 0 ? null : { everyMs: behaviour.log?.everyMs ?? [1_000, 1_000], lines },
  })),
  /** What it writes at its start, and before it ends by itself; as in `log`, lines that begin with `2> ` are errors. */
  'log-first': field('lines of text', parseLines, (behaviour, firstWords) => ({ ...behaviour, firstWords })),
  'log-last': field('lines of text', parseLines, (behaviour, lastWords) => ({ ...behaviour, lastWords })),
  'log-every': field(A_RANGE, parseRange, (behaviour, everyMs) => ({
    ...behaviour,
    log: { lines: behaviour.log?.lines ?? ['{n}'], everyMs },
  })),
}

/** What labels make of a behaviour. Those that say nothing readable change nothing, as a daemon's labels never fail. */
export function applyLabels(
  behaviour: ImageBehaviour,
  labels: Readonly<Record<string, string>> | null | undefined,
): ImageBehaviour {
  let result = behaviour
  for (const [label, text] of Object.entries(labels ?? {})) {
    if (label.startsWith(BEHAVIOUR_LABEL)) {
      result = findField(label.slice(BEHAVIOUR_LABEL.length))?.read(result, text) ?? result
    }
  }
  return result
}

/** What such labels say that nobody can read, one sentence each. */
export function complainOfLabels(labels: Readonly<Record<string, string>> | null | undefined): readonly string[] {
  return Object.entries(labels ?? {}).flatMap(([label, text]) => {
    if (!label.startsWith(BEHAVIOUR_LABEL)) return []
    const field = findField(label.slice(BEHAVIOUR_LABEL.length))
    if (field === undefined) return [`label ${label} is ignored: after ${BEHAVIOUR_LABEL} comes one of ${NAMES}`]
    return field.read(WELL_BEHAVED, text) === null
      ? [`label ${label}=${text} is ignored: it has to be ${field.wanted}`]
      : []
  })
}

const NAMES = Object.keys(BEHAVIOUR_FIELDS).join(', ')

export function findField(name: string): Field | undefined {
  return Object.hasOwn(BEHAVIOUR_FIELDS, name) ? BEHAVIOUR_FIELDS[name] : undefined
}

function field<T>(
  wanted: string,
  parse: (text: string) => T | null,
  change: (behaviour: ImageBehaviour, value: T) => ImageBehaviour,
): Field {
  return {
    wanted,
    read: (behaviour, text) => {
      const value = parse(text.trim())
      return value === null ? null : change(behaviour, value)
    },
  }
}

function parseRange(text: string): Range | null {
  const [from = '', to = from, ...rest] = text.split('..')
  const [fromMs, toMs] = [parseDuration(from.trim()), parseDuration(to.trim())]
  return fromMs !== null && toMs !== null && rest.length === 0 && fromMs >= 0 && fromMs <= toMs ? [fromMs, toMs] : null
}

function orNever(text: string): Range | 'never' | null {
  return text === 'never' ? 'never' : parseRange(text)
}

function parseBoolean(text: string): boolean | null {
  return text === 'true' ? true : text === 'false' ? false : null
}

function parseExitCode(text: string): number | null {
  return /^\d{1,3}$/.test(text) && Number(text) <= 255 ? Number(text) : null
}

function parseChance(text: string): number | null {
  return /^\d(\.\d+)?$/.test(text) && Number(text) <= 1 ? Number(text) : null
}

function parseText(text: string): string | null {
  return text === '' ? null : text
}

function parsePattern(text: string): readonly boolean[] | null {
  const words = text.split(',').map(word => word.trim())
  return words.every(word => word === 'exit' || word === 'run') ? words.map(word => word === 'exit') : null
}

function parseLines(text: string): readonly string[] {
  return text.split('\n').filter(line => line !== '')
}
