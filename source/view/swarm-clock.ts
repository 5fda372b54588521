import type { State } from '../app/state.ts'

/** The present by the swarm's own clock, from which the ages of its tasks are counted. */
export const swarmNow = (state: State): number => state.now - (state.reading?.clockOffsetMs ?? 0)
