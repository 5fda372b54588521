import type { ApiReading } from './api/info.ts'
import type { Effect } from './app/effect.ts'
import type { Event } from './program.ts'

type Rehearse = Effect & { readonly kind: 'rehearse' }

/** Rehearses operations on what was last read of each host. */
export type Rehearsals = {
  readonly keep: (host: number, reading: ApiReading) => void
  readonly rehearse: (effect: Rehearse, dispatch: (event: Event) => void) => Promise<void>
  /** The hosts are others from now on. */
  readonly forget: () => void
  readonly end: () => void
}

export function createRehearsals(): Rehearsals {
  const readings = new Map<number, ApiReading>()
  let latest = 0
  return {
    keep: (host, reading) => readings.set(host, reading),
    rehearse: async ({ number, host, operations }, dispatch) => {
      latest = number
      const reading = readings.get(host)
      if (reading === undefined)
        return dispatch({ kind: 'rehearsal-failed', number, text: 'nothing has been read yet' })
      const { rehearse } = await import('./rehearsal/rehearse.ts')
      if (latest === number) dispatch({ kind: 'rehearsed', number, plan: rehearse({ reading, operations }) })
    },
    forget: () => readings.clear(),
    end: () => readings.clear(),
  }
}
