import { abandonReading, PROBE_EVERY_MS, readIfDue, stopWatching, withPolling } from './polling.ts'
import type { State } from './state.ts'
import { andThen, type Step, stay } from './step.ts'

/** Looks at another host when it is time to: whether the preferred one is back, or whether another one has a leader. */
export function probeIfDue(state: State): Step {
  const host = probeTarget(state)
  if (host === null || state.now < probeDueAt(state)) return stay(state)
  const number = state.polling.sequence + 1
  const asked = withPolling(state, { sequence: number, probe: { number, host }, probedHost: host })
  return { state: asked, effects: [{ kind: 'probe', number, host }] }
}

/** When such a look is due, milliseconds since 1970. */
export function probeDueAt(state: State): number {
  const { probe, probeAt } = state.polling
  return probe === null && probeTarget(state) !== null ? probeAt : Number.POSITIVE_INFINITY
}

/**
 * The host that was looked at can serve: from now on it is asked, if that is still wanted and it leads to our swarm.
 * What was asked of it was a whole reading, so that a host which answers and has no leader is none.
 */
export function answerProbe(state: State, number: number, clusterId: string): Step {
  const { probe, link, host } = state.polling
  if (probe?.number !== number) return stay(state)
  const noted = forgetProbe(state)
  const isWanted = link.kind === 'no-leader' ? probe.host !== host : probeTarget(noted) === probe.host
  if (!isWanted || !isOurSwarm(state, clusterId)) return stay(noted)
  return andThen(abandonReading(noted), rest => goToHost(rest, probe.host))
}

/** The host that was looked at cannot serve. */
export function failProbe(state: State, number: number): Step {
  return stay(state.polling.probe?.number === number ? forgetProbe(state) : state)
}

/**
 * While another host serves, the preferred one is looked after. Without a leader all managers hang alike and waiting is
 * right, unless it is only ours that was cut off from the others: so then each of the others is asked in turn.
 */
function probeTarget(state: State): number | null {
  const { host, link, probedHost } = state.polling
  const hosts = state.settings.hosts.length
  if (hosts < 2) return null
  if (link.kind === 'live') return host === 0 ? null : 0
  if (link.kind !== 'no-leader') return null
  const next = (probedHost + 1) % hosts
  return next === host ? (next + 1) % hosts : next
}

function isOurSwarm(state: State, clusterId: string): boolean {
  const known = state.reading?.cluster.snapshot.clusterId ?? ''
  return known === '' || clusterId === '' || clusterId === known
}

function forgetProbe(state: State): State {
  return withPolling(state, { probe: null, probeAt: state.now + PROBE_EVERY_MS })
}

function goToHost(state: State, host: number): Step {
  return andThen(stopWatching(withPolling(state, { host, nextAt: state.now })), readIfDue)
}
