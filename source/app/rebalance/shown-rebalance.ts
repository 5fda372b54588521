import { AS_SUGGESTED, planRebalance, type Rebalance } from '../../operations/rebalance/plan-rebalance.ts'
import { currentView } from '../current-view.ts'
import { keepLastBy } from '../rows/keep-by.ts'
import type { State } from '../state.ts'

/** The rebalance as a person has chosen it on this screen; null before the first reading. */
export function shownRebalance(state: State): Rebalance | null {
  const cluster = state.reading?.cluster
  return cluster === undefined ? null : planOf(cluster, currentView(state).rebalance ?? AS_SUGGESTED)
}

const planOf = keepLastBy(planRebalance)
