import type { Cluster } from '../swarm/cluster.ts'
import type { Trouble } from '../swarm/trouble.ts'
import { isForPerson } from './maintenance/course-words.ts'
import type { Link, State } from './state.ts'
import { type Step, stay } from './step.ts'

/** A service in a crash loop is a new trouble every few seconds: who hears of one looks, and need not hear of all. */
const LEAST_SILENCE_MS = 10_000

/**
 * Rings the bell of who wants one, when something has gone wrong that was not wrong before, or a maintenance has come to
 * where it needs them.
 */
export function ringIfWorse(state: State, before: State): Step {
  if (!state.preferences.hasBell || Math.abs(state.now - state.rangAt) < LEAST_SILENCE_MS) return stay(state)
  return isWorse(state, before) ? { state: { ...state, rangAt: state.now }, effects: [{ kind: 'ring' }] } : stay(state)
}

/** What was wrong when we began to look is on the screen already. */
function isWorse(state: State, before: State): boolean {
  if (state.reading === null || before.reading === null) return false
  if (isForPerson(state) && !isForPerson(before)) return true
  if (hasFailed(state.polling.link) && !hasFailed(before.polling.link)) return true
  return state.reading !== before.reading && hasNewTrouble(state.reading.cluster, before.reading.cluster)
}

const hasFailed = ({ kind }: Link): boolean => kind === 'failed' || kind === 'no-leader'

/** More things wrong with an object than before, or a worse one. How it is worded may change with every number in it. */
function hasNewTrouble(cluster: Cluster, before: Cluster): boolean {
  const known = weighObjects(before.troubles)
  return Array.from(weighObjects(cluster.troubles)).some(([object, { count, worst }]) => {
    const was = known.get(object)
    return was === undefined || count > was.count || worst > was.worst
  })
}

type Weight = { readonly count: number; readonly worst: number }

function weighObjects(troubles: readonly Trouble[]): ReadonlyMap<string, Weight> {
  const weights = new Map<string, Weight>()
  for (const { severity, object } of troubles) {
    if (severity === 'advice') continue
    const key = object.kind === 'quorum' ? object.kind : `${object.kind} ${object.id}`
    const { count, worst } = weights.get(key) ?? { count: 0, worst: 0 }
    weights.set(key, { count: count + 1, worst: Math.max(worst, severity === 'critical' ? 2 : 1) })
  }
  return weights
}
