import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiReading } from '../../../source/api/info.ts'
import type { Engine } from '../../../source/engine/engine.ts'
import { openEngine } from '../../../source/engine/open-engine.ts'
import type { Lab } from '../lab.ts'
import { waitFor } from '../wait-for.ts'

/** The swarm as it was seen at a moment, in milliseconds of this process. */
export type Sight = { readonly atMs: number; readonly reading: ApiReading }

export type Watch = {
  /** All that was seen so far, in order. */
  readonly sights: () => readonly Sight[]
  /** Waits until what is seen from now on is right, without a break for so long. */
  readonly until: (what: string, isRight: (reading: ApiReading) => boolean, forMs?: number) => Promise<void>
  readonly stop: () => Promise<void>
}

/** Ten looks a second are asked for, so that four come on a machine that is busy. */
const PAUSE_MS = 100

/** Looks at the swarm through one manager all the time, beside everything else that goes on. */
export function watchSwarm(engine: Engine): Watch {
  const sights: Sight[] = []
  const stopping = new AbortController()
  const look = async (): Promise<void> => {
    const reading = await readOnce(engine, stopping.signal)
    if (reading !== null) sights.push({ atMs: performance.now(), reading })
  }
  const looking = (async () => {
    while (!stopping.signal.aborted) {
      await look()
      await sleep(PAUSE_MS)
    }
  })()
  return {
    sights: () => sights,
    until: async (what, isRight, forMs = 0) => {
      // The look that is under way may show what was before.
      const from = sights.length + 1
      const isSeen = (): boolean => {
        const since = Math.max(from, sights.findLastIndex(({ reading }) => !isRight(reading)) + 1)
        const [first, last] = [sights[since], sights.at(-1)]
        return first !== undefined && last !== undefined && last.atMs - first.atMs >= forMs
      }
      await waitFor(what, isSeen, { limitMs: 90_000 })
    },
    stop: () => {
      stopping.abort()
      return looking
    },
  }
}

/** The project's own way to a machine of the lab. */
export function engineOf(lab: Lab, machine: string): Engine {
  return openEngine({ kind: 'unix', name: `unix://${lab.socket(machine)}`, context: '', path: lab.socket(machine) })
}

async function readOnce(engine: Engine, signal: AbortSignal): Promise<ApiReading | null> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(3_000)])
  const answer = await engine.read(limit, () => {})
  return answer.ok ? answer.value : null
}

/** One reading; a swarm that elects its leader gives none, and is asked again. */
export async function readNow(engine: Engine): Promise<ApiReading> {
  const reading = await waitFor('a reading', () => readOnce(engine, AbortSignal.timeout(3_000)))
  if (reading === null) throw new Error('waitFor gave what it was not to give')
  return reading
}
