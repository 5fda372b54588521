import { notify } from '../navigating.ts'
import type { State } from '../state.ts'

/** The pager or the editor is closed, or was never opened; what was written in an editor goes nowhere. */
export function comeBack(state: State, program: 'pager' | 'editor', problem: string | null): State {
  if (problem !== null) return notify(state, 'warning', problem)
  return program === 'pager'
    ? state
    : notify(state, 'info', 'That was a copy: nothing you wrote there is sent anywhere')
}
