import type { State } from './state.ts'

/**
 * The present by the swarm's own clock, from which the ages of its tasks are counted. A simulation's goes as fast as its
 * time does, and stands still with it.
 */
export function swarmNow({ now, reading, simulation }: State): number {
  if (reading === null) return now
  const seen = simulation?.seen
  const speed = seen == null ? 1 : seen.isPaused ? 0 : seen.speed
  return reading.receivedAt - reading.clockOffsetMs + (now - reading.receivedAt) * speed
}

/**
 * The present by the clock that dates what we see of the swarm: ours, since its nodes' clocks differ; of a simulation its
 * own, since the hour in which a node was Down may have gone by in a second of ours.
 */
export function observedNow(state: State): number {
  return isReadFromSimulation(state) ? swarmNow(state) : state.now
}

/** Whether the engine that gave the last reading said that it is a simulation's. */
export function isReadFromSimulation({ reading }: State): boolean {
  return (reading?.cluster.snapshot.scenario ?? '') !== ''
}
