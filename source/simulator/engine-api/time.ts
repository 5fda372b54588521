import type { World } from '../world/world.ts'

/** RFC 3339 in UTC, without trailing zeros in the fraction, as Go writes it. */
export function formatTime(world: World, at: number): string {
  const text = new Date(world.epochMs + at).toISOString()
  // A list of ten thousand tasks has thirty thousand times in it, and few that end so.
  return text.endsWith('0Z') ? text.replace(/\.?0*Z$/, 'Z') : text
}

/** Nanoseconds since 1970. Beyond what a number holds exactly, but printed without loss since milliseconds are whole. */
export function unixNanoseconds(world: World, at: number): number {
  return (world.epochMs + at) * 1e6
}
