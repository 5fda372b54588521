import type { ApiReading } from '../api/info.ts'
import { parseTime } from '../rules/duration.ts'
import { textIn } from '../swarm/read-field.ts'

/** The moment of a reading, and where times of its objects are from there: below zero, since they have happened. */
export type Clock = { readonly epochMs: number; readonly at: (text: unknown) => number }

/** An engine that does not say its time is as late as the latest thing that it tells of. */
export function clockOf({ info, nodes, services, tasks }: ApiReading): Clock {
  const known = new Map<unknown, number>()
  const now = parseTime(textIn(info.SystemTime)) || latest([...nodes, ...services, ...tasks])
  return {
    epochMs: now,
    at: text => {
      // What is made together has one time, and a large swarm has tens of thousands of them.
      const time = known.get(text) ?? parseTime(textIn(text))
      known.set(text, time)
      return time === 0 ? 0 : time - now
    },
  }
}

function latest(objects: readonly { readonly UpdatedAt?: string }[]): number {
  return objects.reduce((last, { UpdatedAt }) => Math.max(last, parseTime(textIn(UpdatedAt))), 0)
}
