import type { Effect } from './app/effect.ts'
import { resourceKey } from './app/resources.ts'
import type { Engine } from './engine/engine.ts'
import type { Engines } from './engines.ts'
import type { OpenedFile } from './open-elsewhere.ts'
import type { Operation } from './operations/operation.ts'
import { performControl } from './perform-control.ts'
import { createLogFollower } from './perform-logs.ts'
import { createRehearsals } from './perform-rehearsal.ts'
import { type Clock, type Event, type Perform, WALL_CLOCK } from './program.ts'
import { assertNever } from './rules/assert-never.ts'
import { saveFile } from './save-file.ts'

/** An update is two or three short calls; without a leader each hangs for the engine's 20 s at the most. */
const OPERATION_LIMIT_MS = 45_000
/** What has to wait in between: for a manager that leaves the raft, and for networks that are still in use. */
const REMOVAL_LIMIT_MS = 90_000
const FETCH_LIMIT_MS = 25_000

/** The terminal that the dashboard is on, as far as effects are concerned. */
export type TerminalPort = {
  /** Puts the text into its clipboard. */
  readonly copy: (text: string) => void
  readonly ring: () => void
  /** Lends it to the person's pager or editor until that is closed. Gives a sentence when there is none to run. */
  readonly open: (program: 'pager' | 'editor', file: OpenedFile) => Promise<string | null>
  /** Gives it back and ends. */
  readonly quit: () => void
}

type Dispatch = (event: Event) => void

/**
 * The one place where the program's wishes meet the world: each effect becomes the engine call it means, and the call's
 * answer the event that tells of it. `terminal`: what is asked of the person's own.
 * After a change of the docker context nothing that was asked of the old engines is heard any more.
 */
export function createPerform(engines: Engines, terminal: TerminalPort, clock: Clock = WALL_CLOCK): Perform {
  const underWay = new Map<number, AbortController>()
  const logs = createLogFollower(clock)
  const rehearsals = createRehearsals(clock)
  let watching: AbortController | null = null
  let changes = 0

  return async (effect, tell) => {
    const asked = changes
    const dispatch: Dispatch = event => {
      if (asked === changes) tell(event)
    }
    switch (effect.kind) {
      case 'read':
        return during(effect.number, signal => read(engineOf(effect.host), effect, signal, dispatch))
      case 'ping':
        return during(effect.number, signal => ping(engineOf(effect.host), effect.number, signal, dispatch))
      case 'abandon':
        return abandon(effect.number)
      case 'probe':
        return probe(engineOf(effect.host), effect.number, dispatch)
      case 'operate':
        return operate(engineOf(effect.host), effect, dispatch)
      case 'rehearse':
        return rehearsals.rehearse(effect, dispatch)
      case 'watch':
        watching?.abort()
        watching = new AbortController()
        return watch(engineOf(effect.host), watching.signal, dispatch)
      case 'unwatch':
        watching?.abort()
        watching = null
        return
      case 'look-at-simulation':
      case 'change-clock':
      case 'strike':
      case 'force-new-cluster':
        return performControl(effect, dispatch)
      case 'fetch':
        return fetchResource(engineOf(effect.host), effect, dispatch)
      case 'follow-logs':
        return logs.follow(engineOf(effect.host), effect, dispatch)
      case 'unfollow-logs':
        return logs.unfollow()
      case 'save-file':
        return dispatch({ kind: 'file-saved', file: effect.file, trouble: await saveFile(effect.file, effect.lines) })
      case 'load-maintenance': {
        const { loadMaintenance } = await import('./maintenance-files.ts')
        const { clusterId, file } = effect
        return dispatch({ kind: 'maintenance-loaded', clusterId, ...(await loadMaintenance(file)) })
      }
      case 'save-maintenance': {
        const { saveMaintenance } = await import('./maintenance-files.ts')
        const { number, file, maintenance, isTakenOver } = effect
        const trouble = await saveMaintenance(file, maintenance, isTakenOver)
        return dispatch({ kind: 'maintenance-saved', number, trouble })
      }
      case 'remove-maintenance': {
        const { removeMaintenance } = await import('./maintenance-files.ts')
        return removeMaintenance(effect.file)
      }
      case 'list-contexts':
        return dispatch({ kind: 'contexts-listed', list: await engines.listContexts() })
      case 'change-context':
        return changeContext(effect, tell)
      case 'copy':
        return terminal.copy(effect.text)
      case 'ring':
        return terminal.ring()
      case 'open-elsewhere': {
        const problem = await terminal.open(effect.program, effect)
        return dispatch({ kind: 'closed-elsewhere', program: effect.program, problem })
      }
      case 'quit':
        logs.unfollow()
        rehearsals.forget()
        return terminal.quit()
      default:
        return assertNever(effect)
    }
  }

  function engineOf(host: number): Engine {
    return engines.at(host)
  }

  /** What is under way is let go of first: it would fail in its own time, and be heard by nobody. */
  async function changeContext({ number, name }: Effect & { kind: 'change-context' }, tell: Dispatch): Promise<void> {
    const changed = await engines.changeTo(name)
    if (!changed.ok) return tell({ kind: 'context-refused', number, text: changed.text })
    changes += 1
    for (const call of underWay.values()) call.abort()
    underWay.clear()
    watching?.abort()
    watching = null
    logs.unfollow()
    rehearsals.forget()
    tell({ kind: 'context-changed', number, place: engines.place() })
  }

  /** A reading and the pings that follow it up share a number, and end together. */
  async function during(number: number, call: (signal: AbortSignal) => Promise<void>): Promise<void> {
    const controller = underWay.get(number) ?? new AbortController()
    underWay.set(number, controller)
    await call(controller.signal)
  }

  function abandon(number: number): void {
    underWay.get(number)?.abort()
    underWay.delete(number)
  }

  async function read(
    engine: Engine,
    { number, host }: Effect & { kind: 'read' },
    signal: AbortSignal,
    dispatch: Dispatch,
  ): Promise<void> {
    const startedAt = performance.now()
    const answer = await engine.read(signal, () => dispatch({ kind: 'reading-progressed', number }))
    if (signal.aborted) return
    // A ping that followed it up has nothing left to tell.
    abandon(number)
    const roundTripMs = performance.now() - startedAt
    if (answer.ok) rehearsals.keep(host, answer.value)
    if (answer.ok) dispatch({ kind: 'reading-received', number, host, reading: answer.value, roundTripMs })
    else dispatch({ kind: 'reading-failed', number, host, problem: answer.problem })
  }
}

async function ping(engine: Engine, number: number, signal: AbortSignal, dispatch: Dispatch): Promise<void> {
  const answer = await engine.ping(signal)
  if (signal.aborted) return
  if (answer.ok) dispatch({ kind: 'ping-answered', number })
  else dispatch({ kind: 'ping-failed', number, problem: answer.problem })
}

async function probe(engine: Engine, number: number, dispatch: Dispatch): Promise<void> {
  const { lateAfterMs, silentAfterMs } = engine.patience
  const answer = await engine.read(AbortSignal.timeout(lateAfterMs + silentAfterMs), () => {})
  if (answer.ok) dispatch({ kind: 'probe-answered', number, clusterId: answer.value.info.Swarm?.Cluster?.ID ?? '' })
  else dispatch({ kind: 'probe-failed', number })
}

async function operate(engine: Engine, effect: Effect & { kind: 'operate' }, dispatch: Dispatch): Promise<void> {
  const { number, operation } = effect
  const answer = await engine.perform(operation, AbortSignal.timeout(limitOf(operation)))
  if (answer.ok) dispatch({ kind: 'operation-answered', number, operation, outcome: answer.value })
  else dispatch({ kind: 'operation-failed', number, operation, problem: answer.problem })
}

const limitOf = ({ kind }: Operation): number =>
  kind === 'remove-node' || kind === 'remove-stack' ? REMOVAL_LIMIT_MS : OPERATION_LIMIT_MS

async function fetchResource(
  engine: Engine,
  { number, ref }: Effect & { kind: 'fetch' },
  dispatch: Dispatch,
): Promise<void> {
  const answer = await engine.fetch(ref, AbortSignal.timeout(FETCH_LIMIT_MS))
  const key = resourceKey(ref)
  if (answer.ok) dispatch({ kind: 'fetched', key, number, value: answer.value })
  else dispatch({ kind: 'fetch-failed', key, number, problem: answer.problem })
}

function watch(engine: Engine, signal: AbortSignal, dispatch: Dispatch): Promise<void> {
  return new Promise(resolve => {
    signal.addEventListener('abort', () => resolve(), { once: true })
    engine.watch(
      signal,
      () => dispatch({ kind: 'swarm-event-received' }),
      () => {
        dispatch({ kind: 'watch-ended' })
        resolve()
      },
    )
  })
}
