import type { Problem } from '../swarm/problem.ts'
import type { Effect } from './effect.ts'
import { addToJournal } from './journal.ts'
import type { InFlight, Link, Polling, State } from './state.ts'
import { andThen, type Step, stay } from './step.ts'

/** A reading that has not begun to come after this long is followed up with a ping. */
const LATE_AFTER_MS = 2000
/** A ping that is silent for this long means that the engine is gone: it answers at once even where all else hangs. */
const SILENT_AFTER_MS = 2000
/**
 * A hanging reading is dropped and asked anew after this long. A call that was forwarded to a leader who has been
 * unplugged waits its full 20 s even if there is a new leader; a new call then works at once
 * (moby/moby daemon/cluster/cluster.go, swarmRequestTimeout).
 */
const ASK_ANEW_AFTER_MS = 5000
const LONGEST_BACKOFF_MS = 10_000
const PROBE_EVERY_MS = 10_000
const WATCH_AGAIN_AFTER_MS = 5000
/** Between a word of the swarm that something changed and the reading: changes come in bursts. */
const CHANGE_SETTLES_MS = 100
const LEAST_BETWEEN_READINGS_MS = 250

/** Does whatever the clock has made due: a reading, a ping after a late one, a watch, a look at the preferred host. */
export function pollIfDue(state: State): Step {
  return [followUpIfLate, readIfDue, watchIfDue, probeIfDue].reduce<Step>(andThen, stay(state))
}

/** When the clock makes something due next, milliseconds since 1970. */
export function nextDueAt(state: State): number {
  const { inFlight, nextAt, isWatching, link, watchAgainAt, probe } = state.polling
  const reading = inFlight === null ? nextAt : followUpAt(inFlight)
  const watch = !isWatching && link.kind === 'live' ? watchAgainAt : Number.POSITIVE_INFINITY
  const look = probe === null && probeTarget(state) !== null ? state.polling.probeAt : Number.POSITIVE_INFINITY
  return Math.min(reading, watch, look)
}

/** Asks at once, on a person's word. A reading that hangs is dropped for a new one; one that is coming is left alone. */
export function readNow(state: State): Step {
  const { inFlight } = state.polling
  if (inFlight === null) return startReading(state)
  const isHanging = !inFlight.isAnswering && state.now - inFlight.startedAt >= 1000
  return isHanging ? andThen(abandonReading(state), startReading) : stay(state)
}

/** The first bytes of a reading: whoever answers has a leader. */
export function beginReading(state: State, number: number): Step {
  const { inFlight } = state.polling
  if (inFlight?.number !== number) return stay(state)
  return stay(withPolling(state, { inFlight: { ...inFlight, isAnswering: true } }))
}

/** A reading that came to nothing: no leader, or a host that cannot serve. */
export function failReading(state: State, number: number, problem: Problem): Step {
  if (state.polling.inFlight?.number !== number) return stay(state)
  const landed = withPolling(state, { inFlight: null })
  return problem.kind === 'no-leader' ? stay(loseQuorum(landed, problem)) : leaveHost(landed, problem)
}

/** The engine is there and its readings are not: the swarm has no leader. */
export function answerPing(state: State, number: number): Step {
  const { inFlight } = state.polling
  if (inFlight?.number !== number) return stay(state)
  const answered = withPolling(state, { inFlight: { ...inFlight, ping: 'answered', pingAt: state.now } })
  return stay(inFlight.isAnswering ? answered : loseLeader(answered))
}

/** Even the ping came to nothing: this engine is gone. */
export function failPing(state: State, number: number, problem: Problem): Step {
  if (state.polling.inFlight?.number !== number) return stay(state)
  return andThen(abandonReading(state), abandoned => leaveHost(abandoned, problem))
}

/** What a look at another host said; a host that can serve again, or instead, is asked from now on. */
export function answerProbe(state: State, number: number, isBack: boolean): Step {
  const { probe } = state.polling
  if (probe?.number !== number) return stay(state)
  const noted = withPolling(state, { probe: null, probeAt: state.now + PROBE_EVERY_MS })
  return isBack ? andThen(abandonReading(noted), rest => goToHost(rest, probe.host)) : stay(noted)
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
  const noted = wasAnswering(polling.link)
    ? addToJournal(left, [{ kind: 'no-answer', at: state.now, host: settings.hosts[polling.host] ?? '', problem }])
    : left
  return andThen(stopWatching(noted), readIfDue)
}

function followUpIfLate(state: State): Step {
  const { inFlight } = state.polling
  if (inFlight === null || state.now < followUpAt(inFlight)) return stay(state)
  if (inFlight.ping === 'asked') return andThen(abandonReading(state), rest => leaveHost(rest, silentEngine(state)))
  if (inFlight.ping === 'answered' && !inFlight.isAnswering) return andThen(abandonReading(state), startReading)
  return askPing(state, inFlight)
}

function followUpAt(inFlight: InFlight): number {
  if (inFlight.ping === 'asked') return inFlight.pingAt + SILENT_AFTER_MS
  if (inFlight.ping === 'not-yet') return inFlight.startedAt + LATE_AFTER_MS
  return inFlight.isAnswering ? inFlight.pingAt + ASK_ANEW_AFTER_MS : inFlight.startedAt + ASK_ANEW_AFTER_MS
}

function askPing(state: State, inFlight: InFlight): Step {
  const { host, link } = state.polling
  const asked = withPolling(state, {
    inFlight: { ...inFlight, ping: 'asked', pingAt: state.now },
    link: link.kind === 'live' && !inFlight.isAnswering ? { kind: 'late', since: inFlight.startedAt } : link,
  })
  return { state: asked, effects: [{ kind: 'ping', number: inFlight.number, host }] }
}

function readIfDue(state: State): Step {
  const { inFlight, nextAt } = state.polling
  return inFlight === null && state.now >= nextAt ? startReading(state) : stay(state)
}

function startReading(state: State): Step {
  const number = state.polling.sequence + 1
  const { host } = state.polling
  const started = withPolling(state, {
    sequence: number,
    lastStartedAt: state.now,
    inFlight: { number, startedAt: state.now, isAnswering: false, ping: 'not-yet', pingAt: state.now },
  })
  return { state: started, effects: [{ kind: 'read', number, host }] }
}

function abandonReading(state: State): Step {
  const { inFlight } = state.polling
  if (inFlight === null) return stay(state)
  return { state: withPolling(state, { inFlight: null }), effects: [{ kind: 'abandon', number: inFlight.number }] }
}

function watchIfDue(state: State): Step {
  const { link, isWatching, watchAgainAt, host } = state.polling
  if (link.kind !== 'live' || isWatching || state.now < watchAgainAt) return stay(state)
  return { state: withPolling(state, { isWatching: true }), effects: [{ kind: 'watch', host }] }
}

function stopWatching(state: State): Step {
  if (!state.polling.isWatching) return stay(state)
  const stopped = withPolling(state, { isWatching: false, watchAgainAt: state.now })
  return { state: stopped, effects: [{ kind: 'unwatch' }] }
}

function probeIfDue(state: State): Step {
  const { probe, probeAt, sequence } = state.polling
  const host = probeTarget(state)
  if (host === null || probe !== null || state.now < probeAt) return stay(state)
  const number = sequence + 1
  const effects: readonly Effect[] = [{ kind: 'probe', number, host }]
  return { state: withPolling(state, { sequence: number, probe: { number, host } }), effects }
}

/**
 * While another host serves, the preferred one is looked after. Without a leader all managers hang alike and waiting is
 * right, unless it is only ours that was cut off from the others: so then each of the others is asked in turn.
 */
function probeTarget(state: State): number | null {
  const { host, link, sequence } = state.polling
  const hosts = state.settings.hosts.length
  if (hosts < 2) return null
  if (link.kind === 'no-leader') return (host + 1 + (sequence % (hosts - 1))) % hosts
  return link.kind === 'live' && host !== 0 ? 0 : null
}

function goToHost(state: State, host: number): Step {
  const left = withPolling(state, { host, nextAt: state.now })
  return andThen(stopWatching(left), readIfDue)
}

function loseLeader(state: State): State {
  const { link } = state.polling
  if (link.kind === 'no-leader') return state
  const lost = withPolling(state, { link: { kind: 'no-leader', phase: 'election', since: troubleSince(state) } })
  return addToJournal(lost, [{ kind: 'leader-lost', at: state.now }])
}

function loseQuorum(state: State, problem: Problem & { readonly kind: 'no-leader' }): State {
  const { link } = state.polling
  const lost = withPolling(state, {
    link: { kind: 'no-leader', phase: 'no-quorum', since: troubleSince(state), problem },
    nextAt: state.now + Math.max(state.settings.intervalMs, 1000),
  })
  const isKnown = link.kind === 'no-leader' && link.phase === 'no-quorum'
  return isKnown ? lost : addToJournal(lost, [{ kind: 'quorum-lost', at: state.now }])
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
  return { kind: 'unreachable', address, detail: `not even a ping was answered within ${SILENT_AFTER_MS / 1000} s` }
}

function withPolling(state: State, change: Partial<Polling>): State {
  return { ...state, polling: { ...state.polling, ...change } }
}
