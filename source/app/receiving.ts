import type { ApiReading } from '../api/info.ts'
import { findHappenings } from '../swarm/find-happenings.ts'
import type { Happening } from '../swarm/happening.ts'
import { joinCluster } from '../swarm/join-cluster.ts'
import { readSnapshot } from '../swarm/read-snapshot.ts'
import { followOperations } from './acting.ts'
import { refreshQuestion } from './asking.ts'
import { currentView } from './current-view.ts'
import { addToJournal } from './journal.ts'
import { hasLostSelection, keepSelections, notify, withView } from './navigating.ts'
import { landReading, leaveHost } from './polling.ts'
import { followRecovery } from './recovering.ts'
import { everyId } from './rows/panel-rows.ts'
import type { Panel } from './screen.ts'
import { updateSightings } from './sightings.ts'
import { recogniseSimulation } from './simulating.ts'
import type { Reading, State } from './state.ts'
import { type Step, stay } from './step.ts'
import { isReadFromSimulation, observedNow } from './swarm-clock.ts'
import { rememberTasks } from './task-history.ts'
import { noteTrend } from './trends.ts'

type Received = {
  readonly number: number
  readonly host: number
  readonly reading: ApiReading
  readonly roundTripMs: number
}

/** A reading has come: what it means, what happened since the last one, and how far our own operations are. */
export function receiveReading(state: State, received: Received): Step {
  if (state.polling.inFlight?.number !== received.number) return stay(state)
  const snapshot = readSnapshot(received.reading)
  if (isOtherSwarm(state, received.host, snapshot.clusterId)) {
    return leaveHost(state, { kind: 'other-swarm', address: hostName(state, received.host) })
  }
  const cluster = joinCluster(snapshot, state.preferences)
  const reading: Reading = {
    cluster,
    receivedAt: state.now,
    roundTripMs: received.roundTripMs,
    clockOffsetMs: snapshot.takenAt === 0 ? 0 : state.now - snapshot.takenAt,
    host: received.host,
  }
  const happenings = state.reading === null ? [] : findHappenings(state.reading.cluster, cluster)
  const read: State = {
    ...noteChanges(state, reading, happenings),
    reading,
    trends: noteTrend(state, reading, happenings),
    history: rememberTasks(state.history, state.reading?.cluster ?? null, cluster),
    sightings: updateSightings(state.sightings, cluster, observedNow({ ...state, reading })),
    simulation: recogniseSimulation(state, received.host, snapshot),
  }
  const recovered = followRecovery(landReading(read), state.reading?.cluster ?? null, cluster)
  const asked = refreshQuestion(followOperations(recovered))
  return { state: keepPlace(asked.state, state), effects: asked.effects }
}

/**
 * The selection follows what it is on; when that is gone, the person is told that the keys go elsewhere now. What became of
 * a question tells more.
 */
function keepPlace(state: State, before: State): State {
  const kept = dropLostMarks(keepSelections(state, before))
  if (before.reading === null || !hasLostSelection(state, before)) return kept
  if (before.acting.question !== null && state.acting.question === null) return kept
  return notify(kept, 'warning', 'What was selected is gone: look what is selected now')
}

/** A mark on what is no more would be acted on with the others. */
function dropLostMarks(state: State): State {
  const { marks } = currentView(state)
  const lists = Object.entries(marks) as [Panel, readonly string[]][]
  if (lists.every(([, ids]) => ids.length === 0)) return state
  const left = lists.map(([panel, ids]) => {
    const there = everyId(state, panel)
    return [panel, ids.filter(id => there.has(id))]
  })
  return withView(state, { marks: Object.fromEntries(left) })
}

/** A simulation dates what happens as we do; other engines' clocks differ from ours. */
function noteChanges(state: State, next: Reading, happenings: readonly Happening[]): State {
  const { reading, polling, now } = state
  if (reading === null) return state
  const { link } = polling
  const wasGone = link.kind === 'no-leader' || link.kind === 'failed'
  const after = { ...state, reading: next }
  const at = observedNow(after)
  return addToJournal(state, [
    ...(reading.host === next.host
      ? []
      : [
          {
            kind: 'host-changed' as const,
            at,
            from: hostName(state, reading.host),
            to: hostName(state, next.host),
          },
        ]),
    ...(wasGone ? [{ kind: 'answers-again' as const, at, afterMs: now - link.since }] : []),
    ...happenings.map(happening => ({
      kind: 'happening' as const,
      at: isReadFromSimulation(after) ? happening.at : at,
      happening,
    })),
  ])
}

/** Two hosts of one list must lead to one swarm: what is done on the wrong one cannot be undone. */
function isOtherSwarm(state: State, host: number, clusterId: string): boolean {
  const known = state.reading
  if (known === null || known.host === host) return false
  const knownId = known.cluster.snapshot.clusterId
  return knownId !== '' && clusterId !== '' && knownId !== clusterId
}

function hostName(state: State, host: number): string {
  return state.settings.hosts[host] ?? ''
}
