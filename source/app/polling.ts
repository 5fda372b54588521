import type { Problem } from '../swarm/problem.ts'
import { addToJournal } from './journal.ts'
import type { InFlight, Link, Patience, Polling, State } from './state.ts'
import { andThen, type Step, stay } from './step.ts'
import { isReadFromSimulation } from './swarm-clock.ts'

/**
 * A reading of which nothing came for so long is followed up with a ping; a ping that is silent for so long means that
 * the engine is gone, since it is answered at once even where all else hangs.
 */
const NEAR: Patience = { lateAfterMs: 2000, silentAfterMs: 2000 }
/**
 * A hanging reading is dropped and asked anew after this long. A call that was forwarded to a leader who has been
 * unplugged waits its full 20 s even if there is a new leader; a new call then works at once
 * (moby/moby daemon/cluster/cluster.go, swarmRequestTimeout).
 */
const ASK_ANEW_AFTER_MS = 5000
/** How often another host is looked at while one serves, or while none has a leader. */
export const PROBE_EVERY_MS = 10_000
const LONGEST_BACKOFF_MS = 10_000
const WATCH_AGAIN_AFTER_MS = 5000
/** Between a word of the swarm that something changed and the reading: changes come in bursts. */
const CHANGE_SETTLES_MS = 100
const LEAST_BETWEEN_READINGS_MS = 250

/** When a reading, a ping after a late one or the watch is due next, milliseconds since 1970. */
export function readingDueAt(state: State): number {
  const { inFlight, nextAt, isWatching, link, watchAgainAt } = state.polling
  const watch = !isWatching && link.kind === 'live' ? watchAgainAt : Number.POSITIVE_INFINITY
  return Math.min(inFlight === null ? nextAt : followUpAt(state, inFlight), watch)
}

/** Asks at once, on a person's word. A reading that hangs is dropped for a new one; one that is coming is left alone. */
export function readNow(state: State): Step {
  const { inFlight, lastStartedAt } = state.polling
  const isHanging = inFlight !== null && state.now - inFlight.heardAt >= 1000
  if (isHanging) return andThen(abandonReading(state), startReading)
  const soonest = Math.max(state.now, lastStartedAt + LEAST_BETWEEN_READINGS_MS)
  return inFlight === null ? readIfDue(withPolling(state, { nextAt: soonest })) : stay(state)
}

/** Something more of a reading has come: a slow line or a large swarm, and nothing that hangs. */
export function hearOfReading(state: State, number: number): Step {
  const { inFlight, link } = state.polling
  if (inFlight?.number !== number) return stay(state)
  return stay(
    withPolling(state, {
      inFlight: { ...inFlight, heardAt: state.now, ping: 'not-yet' },
      link: link.kind === 'late' ? { kind: 'live' } : link,
    }),
  )
}

/** A reading that came to nothing: no leader, or a host that cannot serve. */
export function failReading(state: State, number: number, problem: Problem): Step {
  if (state.polling.inFlight?.number !== number) return stay(state)
  const landed = withPolling(state, { inFlight: null })
  return problem.kind === 'no-leader' ? stay(loseQuorum(landed, problem)) : leaveHost(landed, problem)
}

/** The engine is there and nothing of its reading is: the swarm has no leader. */
export function answerPing(state: State, number: number): Step {
  const { inFlight } = state.polling
  if (inFlight?.number !== number || inFlight.ping !== 'asked') return stay(state)
  const answered = withPolling(state, { inFlight: { ...inFlight, ping: 'answered', pingAt: state.now } })
  return stay(hasBegun(inFlight) ? answered : loseLeader(answered))
}

/** Even the ping came to nothing: this engine is gone. */
export function failPing(state: State, number: number, problem: Problem): Step {
  const { inFlight } = state.polling
  if (inFlight?.number !== number || inFlight.ping !== 'asked') return stay(state)
  return andThen(abandonReading(state), abandoned => leaveHost(abandoned, problem))
}

/** The swarm said that something changed; tasks and leaders change without a word, so polling goes on all the same. */
export function hearOfChange(state: State): Step {
  const { inFlight, nextAt, lastStartedAt } = state.polling
  if (inFlight !== null) return stay(withPolling(state, { wantsAgain: true }))
  const soon = Math.max(state.now + CHANGE_SETTLES_MS, lastStartedAt + LEAST_BETWEEN_READINGS_MS)
  return stay(withPolling(state, { nextAt: Math.min(nextAt, soon) }))
}

/** The stream of events ended; it is opened again while readings come. */
export function loseWatch(state: State): Step {
  return stay(withPolling(state, { isWatching: false, watchAgainAt: state.now + WATCH_AGAIN_AFTER_MS }))
}

/** The link and the time of the next reading after one has come. */
export function landReading(state: State): State {
  const { polling, settings } = state
  const usual = polling.lastStartedAt + settings.intervalMs
  const soonest = state.now + LEAST_BETWEEN_READINGS_MS
  return withPolling(state, {
    inFlight: null,
    wantsAgain: false,
    nextAt: polling.wantsAgain ? soonest : Math.max(usual, Math.min(soonest, state.now + settings.intervalMs)),
    link: { kind: 'live' },
    failures: 0,
    leftHost: polling.host === 0 ? null : polling.leftHost,
    probe: polling.host === 0 ? null : polling.probe,
  })
}

/** This host cannot serve; the next is asked at once, and when all have been tried there is a pause that grows. */
export function leaveHost(state: State, problem: Problem): Step {
  const { polling, settings } = state
  const failures = polling.failures + 1
  const hosts = settings.hosts.length
  const retryAt = state.now + (failures % hosts === 0 ? backoffMs(failures / hosts) : 0)
  const left = withPolling(state, {
    inFlight: null,
    failures,
    host: (polling.host + 1) % hosts,
    nextAt: retryAt,
    link: { kind: 'failed', problem, since: troubleSince(state), retryAt },
    leftHost: hosts > 1 ? { host: polling.host, problem } : null,
    probe: null,
    probeAt: state.now + PROBE_EVERY_MS,
  })
  const host = settings.hosts[polling.host] ?? ''
  const noted = wasAnswering(polling.link)
    ? addToJournal(left, [{ kind: 'no-answer', host, problem, isSimulated: isReadFromSimulation(state) }])
    : left
  return andThen(stopWatching(noted), readIfDue)
}

/** What a reading that is late calls for: a ping, a new one, or another host. */
export function followUpIfLate(state: State): Step {
  const { inFlight } = state.polling
  if (inFlight === null || state.now < followUpAt(state, inFlight)) return stay(state)
  if (inFlight.ping === 'asked') return andThen(abandonReading(state), rest => leaveHost(rest, silentEngine(state)))
  if (inFlight.ping === 'answered') return andThen(abandonReading(state), startReading)
  return askPing(state, inFlight)
}

function followUpAt(state: State, inFlight: InFlight): number {
  const { lateAfterMs, silentAfterMs } = patienceOf(state)
  if (inFlight.ping === 'asked') return inFlight.pingAt + silentAfterMs
  if (inFlight.ping === 'not-yet') return inFlight.heardAt + lateAfterMs
  return Math.max(inFlight.heardAt + ASK_ANEW_AFTER_MS, inFlight.pingAt)
}

/** A host that has given a reading is connected: only a ping may still have to find its way there anew. */
function patienceOf(state: State): Patience {
  const { polling, reading, settings } = state
  const patience = settings.patience?.[polling.host] ?? NEAR
  const isConnected = reading?.host === polling.host && polling.link.kind !== 'failed'
  return isConnected ? { ...patience, lateAfterMs: NEAR.lateAfterMs } : patience
}

function hasBegun({ startedAt, heardAt }: InFlight): boolean {
  return heardAt > startedAt
}

function askPing(state: State, inFlight: InFlight): Step {
  const { host, link } = state.polling
  const asked = withPolling(state, {
    inFlight: { ...inFlight, ping: 'asked', pingAt: state.now },
    link: link.kind === 'live' ? { kind: 'late', since: inFlight.startedAt } : link,
  })
  return { state: asked, effects: [{ kind: 'ping', number: inFlight.number, host }] }
}

/** Asks for a reading when it is time and none is under way. */
export function readIfDue(state: State): Step {
  const { inFlight, nextAt } = state.polling
  return inFlight === null && state.now >= nextAt ? startReading(state) : stay(state)
}

function startReading(state: State): Step {
  const number = state.polling.sequence + 1
  const { host } = state.polling
  const started = withPolling(state, {
    sequence: number,
    lastStartedAt: state.now,
    inFlight: { number, startedAt: state.now, heardAt: state.now, ping: 'not-yet', pingAt: state.now },
  })
  return { state: started, effects: [{ kind: 'read', number, host }] }
}

/** Drops the reading that is under way, if there is one. */
export function abandonReading(state: State): Step {
  const { inFlight } = state.polling
  if (inFlight === null) return stay(state)
  return { state: withPolling(state, { inFlight: null }), effects: [{ kind: 'abandon', number: inFlight.number }] }
}

/** Listens to the swarm's events while readings come. */
export function watchIfDue(state: State): Step {
  const { link, isWatching, watchAgainAt, host } = state.polling
  if (link.kind !== 'live' || isWatching || state.now < watchAgainAt) return stay(state)
  return { state: withPolling(state, { isWatching: true }), effects: [{ kind: 'watch', host }] }
}

/** Listens no more, so that another host can be listened to. */
export function stopWatching(state: State): Step {
  if (!state.polling.isWatching) return stay(state)
  const stopped = withPolling(state, { isWatching: false, watchAgainAt: state.now })
  return { state: stopped, effects: [{ kind: 'unwatch' }] }
}

function loseLeader(state: State): State {
  const { link } = state.polling
  if (link.kind === 'no-leader') return state
  const lost = withPolling(state, { link: { kind: 'no-leader', phase: 'election', since: troubleSince(state) } })
  return addToJournal(lost, [{ kind: 'leader-lost' }])
}

function loseQuorum(state: State, problem: Problem & { readonly kind: 'no-leader' }): State {
  const { link } = state.polling
  const lost = withPolling(state, {
    link: { kind: 'no-leader', phase: 'no-quorum', since: troubleSince(state), problem },
    nextAt: state.now + Math.max(state.settings.intervalMs, 1000),
  })
  const isKnown = link.kind === 'no-leader' && link.phase === 'no-quorum'
  return isKnown ? lost : addToJournal(lost, [{ kind: 'quorum-lost' }])
}

/** Since when no answer has come: trouble of one kind that turns into another did not begin anew. */
function troubleSince(state: State): number {
  const { link, lastStartedAt } = state.polling
  return link.kind === 'live' ? lastStartedAt : link.since
}

function wasAnswering(link: Link): boolean {
  return link.kind === 'live' || link.kind === 'late' || link.kind === 'no-leader'
}

function backoffMs(round: number): number {
  return Math.min(LONGEST_BACKOFF_MS, 1000 * 2 ** (round - 1))
}

function silentEngine(state: State): Problem {
  const address = state.settings.hosts[state.polling.host] ?? ''
  const seconds = patienceOf(state).silentAfterMs / 1000
  return { kind: 'unreachable', address, detail: `not even a ping was answered within ${seconds} s` }
}

/** The state with its polling changed. */
export function withPolling(state: State, change: Partial<Polling>): State {
  return { ...state, polling: { ...state.polling, ...change } }
}
