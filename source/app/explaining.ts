import { notify } from './navigating.ts'
import type { State } from './state.ts'

/** Tells why the selected slot, or the worst one of the selected service, is not running. */
export function openWhy(state: State): State {
  return notify(state, 'info', 'There is nothing to explain here')
}
