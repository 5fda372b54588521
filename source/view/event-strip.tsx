import { isQuiet } from '../app/journal.ts'
import { describeEntry } from '../app/journal-words.ts'
import { courseReminder } from '../app/maintenance/course-words.ts'
import { keepBy } from '../app/rows/keep-by.ts'
import type { JournalEntry, State } from '../app/state.ts'
import { watchedOf } from '../app/watching.ts'
import { clockTime } from './clock-time.ts'
import { crumbsRow, layoutCrumbs } from './crumbs-row.ts'
import { Line } from './line.tsx'
import { LINE_LOOKS } from './line-looks.ts'
import { candidatesRow } from './prompt-row.ts'
import { type Row, rowWidth, span, takeFitting } from './row.ts'
import { glyphsOf, KEY, type Looks, QUIET, STRONG, weightLook } from './theme.ts'
import { watchedRow } from './watched-row.ts'

type Props = { readonly state: State; readonly rows: number; readonly looks: Looks }

/**
 * The way that led to the screen, what is being done right now, then the latest events: several in one line where there
 * is one, else one in each. While something is typed, what could complete it stands in the last line.
 */
export function EventStrip({ state, rows, looks }: Props) {
  const width = state.size.columns
  const candidates = candidatesRow(state, width - 2, looks)
  const strip = stripRows(state, rows, looks)
  return (candidates === null ? strip : [...strip.slice(0, -1), candidates]).map((row, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line of the strip is its place.
    <Line key={index} row={[span(' '), ...row]} width={width} looks={looks} />
  ))
}

function stripRows(state: State, rows: number, looks: Looks): readonly Row[] {
  const newestFirst = rowsOfStrip(state.journal).map(entry => entryRow(entry, state))
  const present = [...reminderRows(state), ...watchedRows(state, rows, looks), ...newestFirst]
  const all = present.length === 0 && state.reading !== null ? [[span(NOTHING, QUIET)]] : present
  const width = state.size.columns - 2
  const crumbs = crumbsRow(layoutCrumbs(state, width, looks), looks)
  const way = crumbs.length === 0 ? [] : [...crumbs, GAP]
  if (rows > 1) return Array.from({ length: rows }, (_, index) => [...(index === 0 ? way : []), ...(all[index] ?? [])])
  const between = span(` ${glyphsOf(looks).separator} `, QUIET)
  return [[...way, ...takeFitting(all, between, width - rowWidth(way, looks), looks)]]
}

const GAP = span('   ')

function reminderRows(state: State): readonly Row[] {
  const reminder = courseReminder(state)
  return reminder === null ? [] : [[span(reminder.text, LINE_LOOKS[reminder.weight])]]
}

/** Births and orderly ends stand on the time line of the cluster alone. */
const rowsOfStrip = keepBy((journal: readonly JournalEntry[]) =>
  journal
    .filter(entry => !isQuiet(entry))
    .slice(-STRIP_ENTRIES)
    .toReversed(),
)

const NOTHING = 'nothing has happened since we began to look'

/** More than any strip has room for. */
const STRIP_ENTRIES = 12

function entryRow(entry: JournalEntry, { preferences }: State): Row {
  const { text, weight } = describeEntry(entry)
  return [span(`${clockTime(entry.at, preferences.timeZone)} `, QUIET), span(text, weightLook(weight))]
}

/** What is watched, and of more than there is room for how many: what has happened keeps a line of its own. */
function watchedRows(state: State, rows: number, looks: Looks): readonly Row[] {
  const watched = watchedOf(state)
  const shown = watched.slice(0, Math.max(1, rows - 2))
  const more = watched.length - shown.length
  const command = span(':operations', KEY)
  const count: readonly Row[] = more === 0 ? [] : [[span(`and ${more} more, in `, STRONG), command]]
  const told = shown.map(one => watchedRow(one, state.now, looks))
  return rows > 1 ? [...told, ...count] : [...count, ...told]
}
