import { counted } from '../rules/counted.ts'
import { compareNaturally } from '../rules/natural-order.ts'
import { shortAge } from '../rules/short-age.ts'
import { explainExit } from './explain-exit.ts'
import { type Names, nameNode } from './name-task.ts'
import type { SeenTask } from './seen-task.ts'
import type { TaskState } from './task.ts'
import { isFailure, ranFor } from './task-life.ts'

/** Failures with one and the same error. Times in milliseconds since 1970, as the tasks have them. */
export type FailureGroup = {
  /** The error without what differs from one task to the next: unique among the groups. */
  readonly key: string
  readonly state: TaskState
  /** As the latest of them has it; `''` where it has none. Untrusted text. */
  readonly error: string
  readonly exitCode: number | null
  readonly count: number
  /** Names, in their natural order. */
  readonly nodes: readonly string[]
  readonly images: readonly string[]
  readonly firstAt: number
  readonly lastAt: number
  /** Between two of them, as a rule; null where there is one alone. */
  readonly everyMs: number | null
  /** How long they ran, as a rule; null where nobody saw any of them start. */
  readonly ranMs: number | null
}

/** The failures among tasks, equal errors together; the group that failed last comes first. */
export function groupFailures(tasks: readonly SeenTask[], names: Pick<Names, 'nodeById'>): readonly FailureGroup[] {
  const groups = Map.groupBy(
    tasks.filter(({ task }) => isFailure(task)),
    failureKey,
  )
  return [...groups].map(([key, members]) => describeGroup(key, members, names)).toSorted((a, b) => b.lastAt - a.lastAt)
}

/** The tasks that ended well, together; null where none did. */
export function groupGoodEnds(tasks: readonly SeenTask[], names: Pick<Names, 'nodeById'>): FailureGroup | null {
  const ended = tasks.filter(({ task }) => task.state === 'complete')
  return ended.length === 0 ? null : describeGroup('complete', ended, names)
}

/** By which failures are equal: the state, the exit code and the error without what is the task's own. */
export const failureKey = ({ task: { state, exitCode, error } }: SeenTask): string =>
  JSON.stringify([state, exitCode, normaliseError(error)])

function describeGroup(key: string, members: readonly SeenTask[], names: Pick<Names, 'nodeById'>): FailureGroup {
  const newestFirst = members.toSorted((a, b) => b.task.stateAt - a.task.stateAt)
  const times = newestFirst.map(({ task }) => task.stateAt)
  const [latest] = newestFirst
  if (latest === undefined) throw new Error('A group of failures is never empty')
  const nodes = new Set(members.flatMap(({ task }) => (task.nodeId === '' ? [] : [nameNode(task.nodeId, names)])))
  return {
    key,
    state: latest.task.state,
    error: latest.task.error,
    exitCode: latest.task.exitCode,
    count: members.length,
    nodes: [...nodes].toSorted(compareNaturally),
    images: [...new Set(newestFirst.map(({ task }) => task.image))],
    firstAt: times.at(-1) ?? latest.task.stateAt,
    lastAt: latest.task.stateAt,
    everyMs: median(times.slice(1).map((at, index) => (times[index] ?? at) - at)),
    ranMs: median(
      members.flatMap(seen => {
        const ran = ranFor(seen)
        return ran === null || ran.isAtMost ? [] : [ran.ms]
      }),
    ),
  }
}

function median(values: readonly number[]): number | null {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? null
}

/**
 * An error without what differs from one task to the next though the cause is the same: IDs, digests, addresses, times,
 * long numbers. Short numbers stay, since they are of tags and exit codes.
 */
export function normaliseError(error: string): string {
  const known = NORMALISED.get(error)
  if (known !== undefined) return known
  if (NORMALISED.size >= MOST_NORMALISED) NORMALISED.clear()
  const normalised = replaceOwn(error)
  NORMALISED.set(error, normalised)
  return normalised
}

/** A crash loop fails with few errors thousands of times. */
const NORMALISED = new Map<string, string>()
const MOST_NORMALISED = 500

function replaceOwn(error: string): string {
  return PATTERNS.reduce((text, [pattern, sign]) => text.replace(pattern, sign), error.slice(0, MOST_COMPARED))
}

/** Errors of more than a screenful are told apart by how they begin. */
const MOST_COMPARED = 2_000

const PATTERNS: readonly (readonly [pattern: RegExp, sign: string])[] = [
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[.\d]*(?:Z|[+-]\d\d:?\d\d)?/g, '<time>'],
  [/\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/gi, '<id>'],
  [/\bsha256:[0-9a-f]{8,}/gi, '<digest>'],
  [/\b(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?\b/g, '<address>'],
  [/\[[0-9a-f:.]*:[0-9a-f:.]*\](?::\d+)?/gi, '<address>'],
  [/\b[0-9a-z]{25}\b/g, '<id>'],
  [/\b[0-9a-f]{12,64}\b/gi, '<id>'],
  [/\b\d+(?:\.\d+)?(?:ns|µs|us|ms|s)\b/g, '<duration>'],
  [/\bpid[ :=]+\d+/gi, '<pid>'],
  [/\d{5,}/g, '<number>'],
]

/** How often, within which time and where: `4 × in 2 min on w2, w4`; `once on w2`. Names are untrusted. */
export function groupWords({ count, nodes, firstAt, lastAt }: FailureGroup): string {
  const often = count === 1 ? 'once' : `${count} × in ${shortAge(lastAt - firstAt)}`
  const named = nodes.slice(0, MOST_NAMED).join(', ')
  const more = nodes.length > MOST_NAMED ? ` and ${counted(nodes.length - MOST_NAMED, 'more node')}` : ''
  return nodes.length === 0 ? often : `${often} on ${named}${more}`
}

const MOST_NAMED = 4

/** How regularly, and after how long a run: `about every 12 s, after running for 2 s`; `''` where neither is known. */
export function cadenceWords({ everyMs, ranMs }: FailureGroup): string {
  const every = everyMs === null ? '' : `about every ${shortAge(everyMs)}`
  const ran = ranMs === null ? '' : `after running for ${ranMs < 1000 ? 'less than a second' : shortAge(ranMs)}`
  return [every, ran].filter(Boolean).join(', ')
}

/** What failed and what its exit code means: `task: non-zero exit (137), killed, often out of memory`. Untrusted text. */
export function failureReason({ error, exitCode }: Pick<FailureGroup, 'error' | 'exitCode'>): string {
  const isToldAlready = exitCode === null || error.includes(String(exitCode))
  const told = [error, isToldAlready ? '' : `exit code ${exitCode}`].filter(Boolean).join(', ')
  return [told || 'no reason is given', explainExit(exitCode, error)].filter(Boolean).join(', ')
}
