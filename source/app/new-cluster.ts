import type { NewCluster } from '../operations/new-cluster.ts'
import { addToJournal } from './journal.ts'
import { notify } from './navigating.ts'
import { OUT_OF_REACH } from './simulating.ts'
import type { Recovering, State } from './state.ts'
import { type Step, stay } from './step.ts'

/** Has a new cluster forced on a machine of a simulation; what comes of it is seen in the readings. */
export function sendNewCluster(state: State, newCluster: NewCluster): Step {
  const { simulation } = state
  if (simulation === null) return stay(notify(state, 'warning', OUT_OF_REACH))
  const noted = addToJournal(state, [{ kind: 'new-cluster', name: newCluster.name, result: { kind: 'asked' } }])
  return {
    state: withRecovering(noted, { underWay: newCluster.name }),
    effects: [{ kind: 'force-new-cluster', control: simulation.control, newCluster }],
  }
}

/** The state with what becomes of a lost quorum changed. */
export function withRecovering(state: State, change: Partial<Recovering>): State {
  return { ...state, recovering: { ...state.recovering, ...change } }
}
