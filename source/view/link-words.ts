import { explainFailure } from '../app/explain-failure.ts'
import { sayKey } from '../app/key-groups.ts'
import { recoveryCard } from '../app/recovering.ts'
import { folderOfSockets, isSilent, isSimulated } from '../app/simulating.ts'
import type { Link, State } from '../app/state.ts'
import { assertNever } from '../rules/assert-never.ts'
import { counted } from '../rules/counted.ts'
import { shortAge } from '../rules/short-age.ts'
import { explainProblem } from '../swarm/explain-problem.ts'
import type { QuorumMember } from '../swarm/quorum.ts'
import { joinRows, type Row, type Span, span } from './row.ts'
import { DANGER, GOOD, glyphsOf, type Looks, PLAIN, QUIET, WARNING } from './theme.ts'

/** How we stand with the swarm, for the right end of the header: `● live 1 s · 12 ms`. */
export function linkRow(state: State, looks: Looks): Row {
  const { dot, circle, separator } = glyphsOf(looks)
  const { link } = state.polling
  switch (link.kind) {
    case 'live': {
      const isPaused = state.simulation?.seen?.isPaused === true
      return [span(`${dot} ${isPaused ? 'paused' : 'live'}`, GOOD), span(liveWords(state, separator))]
    }
    case 'connecting':
      return [span(`${circle} connecting ${shortAge(state.now - link.since)}`, WARNING)]
    case 'late':
      return [span(`${circle} no answer for ${shortAge(state.now - link.since)}`, WARNING)]
    case 'no-leader':
      return [span(`${circle} ${leaderlessWords(link)} ${shortAge(state.now - link.since)}`, DANGER)]
    case 'failed':
      return [span(`${circle} failed for ${shortAge(state.now - link.since)}`, DANGER)]
    default:
      return assertNever(link)
  }
}

/**
 * What has to be said below the header: why there is no new reading and how old the last one is, or why another host
 * than the preferred one is asked. `null` when all is as it should be.
 */
export function bannerRow(state: State, looks: Looks): Row | null {
  const { link } = state.polling
  if (link.kind === 'live') return remainingRow(state, looks) ?? otherHostRow(state, looks)
  const { warning, separator } = glyphsOf(looks)
  const age =
    state.reading === null
      ? []
      : [[span(`last reading ${shortAge(state.now - state.reading.receivedAt)} old`, WARNING)]]
  const reason = reasonSpans(link, state)
  if (age.length === 0 && reason.length === 0) return null
  return [
    span(` ${warning} `, WARNING),
    ...joinRows([...age, ...reason.map(piece => [piece])], span(` ${separator} `, QUIET)),
  ]
}

/** When the host that failed is asked again, as `again in 4 s`. */
export function retryWords(link: Link & { readonly kind: 'failed' }, state: State): string {
  const seconds = Math.ceil((link.retryAt - state.now) / 1000)
  return seconds > 0 ? `again in ${seconds} s${sayKey(state, 'read-now', key => `, ${key} at once`)}` : 'asking again'
}

export const hostName = (state: State, host: number): string => state.settings.hosts[host] ?? ''

/**
 * The age is rounded to whole seconds and the round trip to one digit that counts: between readings that say
 * nothing new, the frame stays the same and costs no byte. It always has the same width, so that what stands beside it
 * does not come and go.
 */
function liveWords(state: State, separator: string): string {
  if (state.reading === null) return ''
  const seconds = Math.max(1, Math.round((state.now - state.reading.receivedAt) / 1000))
  return ` ${seconds} s ${separator} ${oneDigit(state.reading.roundTripMs).padStart(3)} ms`
}

function oneDigit(ms: number): string {
  return String(Math.max(1, Number(ms.toPrecision(1))))
}

const leaderlessWords = (link: Link & { readonly kind: 'no-leader' }): string =>
  link.phase === 'election' ? 'no leader' : 'no quorum'

/** With one host only, those that the swarm named are offered: perhaps one of them can be reached. */
function otherManagers({ settings, reading, simulation }: State): readonly Span[] {
  if (reading === null || settings.hosts.length > 1) return []
  if (simulation !== null && isSilent(simulation)) return []
  const { quorum, snapshot } = reading.cluster
  const others = quorum.members.filter(({ nodeId }) => nodeId !== snapshot.self.nodeId)
  if (others.length === 0) return []
  // Simulated addresses lead nowhere; the sockets lie beside one another.
  const hostOf = ({ name, address }: QuorumMember) =>
    simulation === null
      ? `${name} ${address.replace(/:\d+$/, '')}`
      : `unix://${folderOfSockets(simulation)}/${name}.sock`
  const names = others.map(hostOf)
  return [span(`other managers, for --host: ${names.join(', ')}`)]
}

/** While the card is put away that says what remains to be done after a new cluster was forced. */
function remainingRow(state: State, looks: Looks): Row | null {
  const card = state.navigation.isRecoveryClosed ? recoveryCard(state) : null
  if (card?.kind !== 'remaining') return null
  const open = card.steps.filter(({ isDone }) => !isDone)
  const { warning } = glyphsOf(looks)
  const text = `${counted(open.length, 'step')} left after the new cluster (:recovery): ${open[0]?.text ?? ''}`
  return [span(` ${warning} `, WARNING), span(text, PLAIN)]
}

/** In a simulation machines go on purpose, and the header names the one that answers. */
function otherHostRow(state: State, looks: Looks): Row | null {
  const { host, leftHost } = state.polling
  if (host === 0 || leftHost === null || isSimulated(state)) return null
  const { warning } = glyphsOf(looks)
  const text = `asking ${hostName(state, host)}: ${explainProblem(leftHost.problem)}`
  return [span(` ${warning} `, WARNING), span(text, PLAIN)]
}

function reasonSpans(link: Exclude<Link, { readonly kind: 'live' }>, state: State): readonly Span[] {
  const host = hostName(state, state.polling.host)
  switch (link.kind) {
    case 'connecting':
      return [span(`asking ${host}`)]
    case 'late':
      return [span(`asking ${host} whether it is still there`)]
    case 'no-leader':
      return link.phase === 'election'
        ? [span('an election usually takes 10 to 20 s')]
        : [
            span(
              state.navigation.isRecoveryClosed
                ? 'nothing can be changed; :recovery says what helps'
                : 'nothing can be changed, tasks that run go on',
            ),
          ]
    case 'failed':
      return [span(retryWords(link, state)), span(explainFailure(state, link.problem), DANGER), ...otherManagers(state)]
    default:
      return assertNever(link)
  }
}
