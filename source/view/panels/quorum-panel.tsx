import { diagnosisOf } from '../../app/diagnosis.ts'
import type { Sightings, State } from '../../app/state.ts'
import { observedNow } from '../../app/swarm-clock.ts'
import { counted } from '../../rules/counted.ts'
import { shortAge } from '../../rules/short-age.ts'
import type { Quorum, QuorumMember } from '../../swarm/quorum.ts'
import type { Area } from '../layout.ts'
import { Line } from '../line.tsx'
import { BORDER_COLUMNS, Panel } from '../panel.tsx'
import { joinRows, justifyRows, type Row, rowWidth, span } from '../row.ts'
import { DANGER, GOOD, glyphsOf, type Looks, PLAIN, QUIET, STRONG, titleLook, WARNING } from '../theme.ts'

type Props = { readonly state: State; readonly area: Area; readonly looks: Looks }

/** Whether the managers would survive another loss: the first thing to know. Without a border it is one line. */
export function QuorumPanel({ state, area, looks }: Props) {
  if (area.height < LEAST_BORDERED_ROWS) {
    const row = quorumSummary(state, looks)
    return <Line row={[span(' '), ...row]} width={area.width} looks={looks} />
  }
  const rows = quorumRows(state, area.width, looks)
  const title = [span('Quorum', titleLook(false))]
  return <Panel area={area} title={title} note={adviceNote(state)} rows={rows} looks={looks} />
}

/** How much the doctor would have to say, and where it says it. */
function adviceNote(state: State): Row {
  const count = diagnosisOf(state).length
  return count === 0 ? [] : [span(`advice ${count}  :doctor`, QUIET)]
}

const LEAST_BORDERED_ROWS = 3

/** The rows of the panel in a screen `columns` wide: the members, what they can still lose, and advice. */
export function quorumRows(state: State, columns: number, looks: Looks): readonly Row[] {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return [[span('the managers are not known yet', QUIET)]]
  const width = columns - BORDER_COLUMNS
  const { quorum } = cluster
  const members = quorum.members.toSorted(lostFirst).map(member => memberRow(member, state, looks))
  const tally = tallyRow(state, quorum, looks)
  const advice = cluster.troubles
    .filter(trouble => trouble.object.kind === 'quorum')
    .map(trouble => [span(trouble.text, trouble.severity === 'critical' ? DANGER : WARNING)])
  const warning: Row = [span(`${glyphsOf(looks).warning} `, quorum.canLose < 0 ? DANGER : WARNING)]
  // Advice is about what may come; without a leader it has come.
  const counsel =
    advice.length === 0 || state.polling.link.kind === 'no-leader'
      ? []
      : [[...warning, ...joinRows(advice, separator(looks))]]
  return [...placeMembers(members, tally, width, looks), ...counsel]
}

/** One line without names, for screens with few rows. */
function quorumSummary(state: State, looks: Looks): Row {
  const quorum = state.reading?.cluster.quorum
  if (quorum === undefined) return [span('the managers are not known yet', QUIET)]
  const lost = quorum.members.filter(member => !member.isReachable).map(member => memberRow(member, state, looks))
  const leader = quorum.leader === null ? [span('no leader', DANGER)] : [span(`leader ${quorum.leader.name}`)]
  return joinRows([tallyRow(state, quorum, looks), leader, ...lost], separator(looks))
}

const GAP = span('   ')
const separator = (looks: Looks) => span(` ${glyphsOf(looks).separator} `, QUIET)

function placeMembers(members: readonly Row[], tally: Row, width: number, looks: Looks): readonly Row[] {
  const all = joinRows(members, GAP)
  const isOneLine = rowWidth(all, looks) + rowWidth(GAP_BEFORE_TALLY, looks) + rowWidth(tally, looks) <= width
  if (isOneLine) return [justifyRows(all, tally, width, looks)]
  return [...wrapMembers(members, width, looks), tally]
}

/** In two lines at the most; who has no place there is counted. */
function wrapMembers(members: readonly Row[], width: number, looks: Looks): readonly Row[] {
  const first = countFitting(members, width, looks)
  const rest = members.slice(first)
  if (rest.length === 0) return [joinRows(members, GAP)]
  const second = countFitting(rest, width, looks)
  if (second === rest.length) return [joinRows(members.slice(0, first), GAP), joinRows(rest, GAP)]
  const shown = countFitting(rest, width - MORE_COLUMNS, looks)
  const more: Row = [span(`and ${rest.length - shown} more`, QUIET)]
  return [joinRows(members.slice(0, first), GAP), joinRows([...rest.slice(0, shown), more], GAP)]
}

const MORE_COLUMNS = 15

function countFitting(rows: readonly Row[], width: number, looks: Looks): number {
  const firstTooMany = rows.findIndex((_, index) => rowWidth(joinRows(rows.slice(0, index + 1), GAP), looks) > width)
  return firstTooMany < 0 ? rows.length : Math.max(1, firstTooMany)
}

/** Who is lost must not be among those for whom there is no room; else the members stay in their order. */
function lostFirst(one: QuorumMember, other: QuorumMember): number {
  return Number(one.isReachable) - Number(other.isReachable)
}

const GAP_BEFORE_TALLY: Row = [GAP]

function memberRow(member: QuorumMember, state: State, looks: Looks): Row {
  const { dot, circle } = glyphsOf(looks)
  if (!member.isReachable) {
    const words = `unreachable ${sinceWords(state.sightings, member.nodeId, observedNow(state))}`
    return [span(`${circle} `, DANGER), span(member.name, STRONG), span(` ${words}`, DANGER)]
  }
  const words = member.isLeader ? leaderWords(state) : member.isDown ? 'reachable, node Down' : 'reachable'
  return [span(`${dot} `, GOOD), span(member.name, STRONG), span(` ${words}`, member.isDown ? WARNING : PLAIN)]
}

/** The API does not tell since when a node leads: that we have always seen it lead says at least how long. */
function leaderWords(state: State): string {
  const { sightings, polling } = state
  const { leader } = sightings
  if (polling.link.kind === 'no-leader') return 'led'
  const age = leader === null ? 0 : inSteps(observedNow(state) - leader.since)
  return leader === null || age <= 0 ? 'leader' : `leader ${leader.sawTheChange ? '' : '≥ '}${shortAge(age)}`
}

/** In steps of ten seconds, then of a minute: that all is well must not cost a line every second. */
function inSteps(ms: number): number {
  const step = ms < 60_000 ? 10_000 : 60_000
  return Math.floor(ms / step) * step
}

function sinceWords(sightings: Sightings, nodeId: string, now: number): string {
  const since = sightings.nodes[nodeId]?.reachabilitySince
  if (since === undefined) return ''
  const sawTheChange = since > firstSight(sightings)
  return `${sawTheChange ? '' : '≥ '}${shortAge(now - since)}`
}

/** When we saw this swarm first; what has not changed since then may have been so for longer. */
function firstSight(sightings: Sightings): number {
  return Math.min(
    ...Object.values(sightings.nodes).flatMap(node => [
      node.stateSince,
      node.reachabilitySince,
      node.availabilitySince,
    ]),
  )
}

/** While there is no leader nobody can count: then what is known is how many it takes. */
function tallyRow({ polling }: State, quorum: Quorum, looks: Looks): Row {
  const { members, reachable, majority, canLose } = quorum
  const count = counted(members.length, 'manager')
  const between = separator(looks)
  if (polling.link.kind === 'no-leader') {
    const words = polling.link.phase === 'no-quorum' ? 'quorum lost' : 'no leader'
    return joinRows([[span(words, DANGER)], [span(`majority ${majority} of ${count}`)]], between)
  }
  const rest = canLose < 0 ? span('no majority', DANGER) : span(`can lose ${canLose}`, canLose === 0 ? WARNING : PLAIN)
  return joinRows([[span(`${reachable} of ${count}`)], [span(`majority ${majority}`)], [rest]], between)
}
