import type { State } from '../app/state.ts'

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
