/** In Swarm's own order, in which a task only ever moves forward (`moby/swarmkit api/types.proto`, TaskState). */
export const TASK_STATES = [
  'new',
  'allocated',
  'pending',
  'assigned',
  'accepted',
  'preparing',
  'ready',
  'starting',
  'running',
  'complete',
  'shutdown',
  'failed',
  'rejected',
  'remove',
  'orphaned',
] as const

export type TaskState = (typeof TASK_STATES)[number]

/** Where a state stands in the order, for observed and desired ones alike; −1 for a word that is none. */
export const stateRank = (state: string): number => RANKS.get(state) ?? -1

const RANKS: ReadonlyMap<string, number> = new Map(TASK_STATES.map((state, rank) => [state, rank]))

const RUNNING = stateRank('running')
const COMPLETE = stateRank('complete')

/** Whether a task in this observed state has ended, one way or another. */
export const isTerminal = (state: string): boolean => stateRank(state) > RUNNING

/** Whether a task with this desired state is still meant to be; `complete` is what is wanted of a job's tasks. */
export const isLive = (desired: string): boolean => stateRank(desired) <= COMPLETE

/** Whether a task in this state holds its reservations: from the moment it has a node until it has ended. */
export const holdsResources = (state: string): boolean => stateRank(state) >= ASSIGNED && stateRank(state) <= RUNNING

const ASSIGNED = stateRank('assigned')
