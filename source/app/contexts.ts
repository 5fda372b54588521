import type { ListedContext } from '../swarm/listed-context.ts'
import { notify } from './navigating.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'

/** The person's docker contexts. `list`: null before the first answer. */
export type Contexts = { readonly list: readonly ListedContext[] | null }

export function changeContext(state: State, name: string): Step {
  return stay(notify(state, 'info', `To change to ${name}, start swarmtop with --context ${name}`))
}
