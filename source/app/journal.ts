import { compareNaturally } from '../rules/natural-order.ts'
import type { JournalEntry, State } from './state.ts'
import { observedNow } from './swarm-clock.ts'

/** How many lines the event strip remembers; older ones are forgotten, so that a long night costs no memory. */
const JOURNAL_LIMIT = 1000
/** How far back a line is looked for that says the same. */
const FOLDED_WITHIN = 100

type WithoutNumber<T> = T extends unknown ? Omit<T, 'number' | 'times'> : never
/** What has just happened need not say when. */
type NewEntry<T> = T extends unknown ? Omit<T, 'number' | 'times' | 'at'> & { readonly at?: number } : never

/**
 * Adds lines to the event strip in the order given, each with a number of its own. A task that fails as it failed before
 * is told on the line that it has, with how often: a crash loop must not push a change of leader out of sight.
 */
export function addToJournal(state: State, entries: readonly NewEntry<JournalEntry>[]): State {
  if (entries.length === 0) return state
  const now = observedNow(state)
  const journal = entries.map(entry => ({ at: now, ...entry })).reduce(addEntry, state.journal)
  return { ...state, journal: forgetQuiet(journal).slice(-JOURNAL_LIMIT) }
}

/** Births and orderly ends: of interest to who follows them, and no reason to look up. */
export const isQuiet = (entry: JournalEntry): boolean => quietKey(entry) !== null

/** What is quiet never pushes out what is not. */
function forgetQuiet(journal: readonly JournalEntry[]): readonly JournalEntry[] {
  const tooMany = journal.filter(isQuiet).length - QUIET_LIMIT
  if (tooMany <= 0) return journal
  let seen = 0
  return journal.filter(entry => !isQuiet(entry) || ++seen > tooMany)
}

const QUIET_LIMIT = 300

function addEntry(journal: readonly JournalEntry[], entry: WithoutNumber<JournalEntry>): readonly JournalEntry[] {
  const together = joinQuiet(journal, entry)
  if (together !== null) return together
  const key = foldingKey(entry)
  const same = key === null ? undefined : journal.slice(-FOLDED_WITHIN).find(other => foldingKey(other) === key)
  if (same !== undefined) {
    const again = { ...same, ...entry, number: same.number, times: (same.times ?? 1) + 1 } as JournalEntry
    return [...journal.filter(other => other !== same), again]
  }
  const number = Math.max(0, ...journal.map(other => other.number)) + 1
  return [...journal, { ...entry, number } as JournalEntry]
}

/**
 * Tasks that start one after the other, as in an update, are told on one line while they follow closely: the line moves
 * on with the latest of them. Null where there is no such line.
 */
function joinQuiet(
  journal: readonly JournalEntry[],
  entry: WithoutNumber<JournalEntry>,
): readonly JournalEntry[] | null {
  const key = quietKey(entry)
  if (key === null || entry.kind !== 'happening' || !('count' in entry.happening)) return null
  const line = journal
    .slice(-FOLDED_WITHIN)
    .findLast(other => quietKey(other) === key && entry.at - other.at <= FOLLOWS_WITHIN_MS)
  if (line?.kind !== 'happening' || !('count' in line.happening)) return null
  const happening = {
    ...entry.happening,
    count: line.happening.count + entry.happening.count,
    nodes: [...new Set([...line.happening.nodes, ...entry.happening.nodes])].toSorted(compareNaturally),
  }
  return [...journal.filter(other => other !== line), { ...line, at: entry.at, happening }]
}

/** Longer than a restart delay and an image that is there already take, as a rule. */
const FOLLOWS_WITHIN_MS = 30_000

function quietKey(entry: WithoutNumber<JournalEntry>): string | null {
  if (entry.kind !== 'happening' || !('count' in entry.happening)) return null
  return JSON.stringify([entry.happening.kind, entry.happening.service])
}

function foldingKey(entry: WithoutNumber<JournalEntry>): string | null {
  if (entry.kind !== 'happening' || entry.happening.kind !== 'task-ended') return null
  const { task, state, error } = entry.happening
  return JSON.stringify([task, state, error])
}
