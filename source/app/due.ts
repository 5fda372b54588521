import { questionDueAt } from './asking.ts'
import { contextsDueAt, listContextsIfDue } from './contexts.ts'
import { followLogIfDue, logDueAt } from './logs/following.ts'
import { dropOldNotice } from './navigating.ts'
import { followUpIfLate, readIfDue, readingDueAt, watchIfDue } from './polling.ts'
import { probeDueAt, probeIfDue } from './probing.ts'
import { fetchDueAt, fetchIfDue } from './resources.ts'
import { lookDueAt, lookIfDue } from './simulating.ts'
import type { State } from './state.ts'
import { andThen, type Step, stay } from './step.ts'

/** Does whatever the clock has made due: a reading, a ping after a late one, a watch, a look at another host or at a simulation. */
export function doWhatIsDue(state: State): Step {
  return DUTIES.reduce<Step>(andThen, stay(dropOldNotice(state)))
}

const DUTIES: readonly ((state: State) => Step)[] = [
  followUpIfLate,
  readIfDue,
  watchIfDue,
  probeIfDue,
  lookIfDue,
  fetchIfDue,
  followLogIfDue,
  listContextsIfDue,
]

/** When the clock makes something due next, milliseconds since 1970. */
export function nextDueAt(state: State): number {
  return Math.min(
    readingDueAt(state),
    probeDueAt(state),
    questionDueAt(state),
    lookDueAt(state),
    fetchDueAt(state),
    logDueAt(state),
    contextsDueAt(state),
  )
}
