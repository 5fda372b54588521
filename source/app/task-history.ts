import type { Task } from '../swarm/task.ts'

/** Tasks that were seen and that Swarm has forgotten since, newest last; bounded. */
export type TaskHistory = { readonly forgotten: readonly Task[] }

export const NO_HISTORY: TaskHistory = { forgotten: [] }
