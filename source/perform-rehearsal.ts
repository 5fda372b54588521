import type { Worker } from 'node:worker_threads'
import type { ApiReading } from './api/info.ts'
import type { Effect } from './app/effect.ts'
import { type Clock, type Event, WALL_CLOCK } from './program.ts'
import type { ReadingList, RehearsalAnswer, RehearsalOrder } from './rehearsal-message.ts'

/** Copying so many objects for the worker takes a millisecond or two: in between, a key can be answered. */
const SLICE = 100
const IDLE_MS = 60_000
/** A swarm of ten thousand tasks takes a quarter of it. What needs more ends the worker, and not the dashboard. */
const MEMORY = { maxOldGenerationSizeMb: 2_048 }
const LISTS: readonly ReadingList[] = ['nodes', 'services', 'tasks']

type Wish = Pick<Effect & { readonly kind: 'rehearse' }, 'number' | 'host' | 'operations'>

/** Rehearses operations on what was last read of each host, in a thread of its own that is started when it is needed. */
export type Rehearsals = {
  readonly keep: (host: number, reading: ApiReading) => void
  /** Resolves when it has been answered, or another one has taken its place. */
  readonly rehearse: (wish: Wish, dispatch: (event: Event) => void) => Promise<void>
  /** The hosts are others from now on: nothing that is under way is told any more. */
  readonly forget: () => void
}

/** A wish that somebody waits for, until it is settled: with the event that answers it, or with nothing. */
type Waiting = {
  readonly wish: Wish
  readonly reading: ApiReading
  readonly settle: (event: Event | null) => void
  readonly isSettled: () => boolean
}

export function createRehearsals(clock: Clock = WALL_CLOCK, start: () => Worker = startWorker): Rehearsals {
  const readings = new Map<number, ApiReading>()
  let worker: Worker | null = null
  /** What the worker has, or is being sent. */
  let sent: ApiReading | null = null
  let atWork: Waiting | null = null
  let next: Waiting | null = null
  let idle = { cancel: () => {} }

  return {
    keep: (host, reading) => void readings.set(host, reading),
    rehearse: (wish, dispatch) =>
      new Promise(resolve => {
        let isSettled = false
        const settle = (event: Event | null) => {
          if (!isSettled && event !== null) dispatch(event)
          isSettled = true
          resolve()
        }
        const reading = readings.get(wish.host)
        drop()
        if (reading === undefined) settle(failed(wish, 'nothing has been read yet'))
        else {
          next = { wish, reading, settle, isSettled: () => isSettled }
          if (atWork === null) begin()
        }
      }),
    forget: () => {
      readings.clear()
      drop()
      end()
    },
  }

  /** Nobody waits any more for what was wished for before. What the worker is at, it has to finish first. */
  function drop(): void {
    next?.settle(null)
    next = null
    atWork?.settle(null)
  }

  function begin(): void {
    idle.cancel()
    if (next === null) {
      worker?.unref()
      idle = clock.after(IDLE_MS, end)
      return
    }
    atWork = next
    next = null
    const busy = worker ?? open()
    busy.ref()
    void send(atWork, busy)
  }

  function open(): Worker {
    const opened = start()
    worker = opened
    sent = null
    opened.on('message', ({ number, plan }: RehearsalAnswer) => {
      if (worker === opened) finish({ kind: 'rehearsed', number, plan })
    })
    opened.on('error', error => {
      if (worker !== opened) return
      worker = null
      if (atWork !== null) finish(failed(atWork.wish, error.message))
    })
    return opened
  }

  function finish(event: Event | null): void {
    atWork?.settle(event)
    atWork = null
    begin()
  }

  /** A worker that has ended meanwhile takes no notice. */
  async function send({ wish, reading, isSettled }: Waiting, to: Worker): Promise<void> {
    if (sent !== reading) {
      sent = reading
      for (const order of ordersFor(reading)) {
        to.postMessage(order)
        await new Promise(resolve => setImmediate(resolve))
      }
    }
    if (worker !== to) return
    const { number, operations } = wish
    if (isSettled()) finish(null)
    else to.postMessage({ kind: 'rehearse', number, operations } satisfies RehearsalOrder)
  }

  function end(): void {
    idle.cancel()
    void worker?.terminate()
    worker = null
    atWork = null
  }
}

function failed({ number }: Wish, text: string): Event {
  return { kind: 'rehearsal-failed', number, text }
}

function* ordersFor(reading: ApiReading): Generator<RehearsalOrder> {
  const { info, version } = reading
  yield { kind: 'begin', info, version }
  for (const list of LISTS) {
    for (let from = 0; from < reading[list].length; from += SLICE) {
      yield { kind: 'add', list, items: reading[list].slice(from, from + SLICE) }
    }
  }
}

/** Beside this file, in the source as in the bundle. To load the module takes as long as a frame or two: not for the first one. */
function startWorker(): Worker {
  const { Worker } = process.getBuiltinModule('node:worker_threads')
  const name = `./rehearsal-worker${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`
  return new Worker(new URL(name, import.meta.url), { resourceLimits: MEMORY })
}
