import { machineBehind } from '../app/machine-behind.ts'
import { isSimulated } from '../app/simulating.ts'
import type { State } from '../app/state.ts'
import { counted } from '../rules/counted.ts'
import { parseTime } from '../rules/duration.ts'
import { clockTime } from './clock-time.ts'
import { Line } from './line.tsx'
import { linkRow } from './link-words.ts'
import { cutMiddle, joinRows, justifyRows, type Row, rowWidth, type Span, span } from './row.ts'
import { BADGE, glyphsOf, type Looks, PLAIN, QUIET, STRONG, WARNING } from './theme.ts'
import { visibleText } from './visible-text.ts'

type Props = { readonly state: State; readonly looks: Looks }

/** Which swarm this is, how large, and how we stand with it. What matters least gives way where room is short. */
export function Header({ state, looks }: Props) {
  const width = state.size.columns
  const link = [...linkRow(state, looks), span(' ')]
  const { rule } = glyphsOf(looks)
  const between = span(` ${rule} `, QUIET)
  const room = width - rowWidth(link, looks) - 3
  const left = [
    span(' '),
    ...joinRows(keepImportant(partsOf(state, looks), between.text.length, room, looks), between),
    span(' '),
  ]
  const row = justifyRows(left, [span(' '), ...link], width, looks, span(rule, QUIET))
  return <Line row={row} width={width} looks={looks} />
}

/** A part of the header; the one with the highest rank is given up first. With `least` it is cut down to that before. */
type Part = { readonly rank: number; readonly row: Row; readonly least?: number }

function partsOf(state: State, looks: Looks): readonly Part[] {
  const { settings, reading, preferences } = state
  return [
    { rank: isSimulated(state) ? 3 : 5, row: [span('swarmtop', STRONG)] },
    ...(isSimulated(state) ? [{ rank: 0, row: simulationRow(state, looks) }] : []),
    ...nameParts(state),
    ...(preferences.timeZone === 'utc' ? [{ rank: 4, row: [span('UTC')] }] : []),
    ...(settings.isReadOnly ? [{ rank: 1, row: [span(' read-only ', BADGE)] }] : []),
    ...(reading === null ? [] : [{ rank: 6, row: [span(`Engine ${reading.cluster.snapshot.engineVersion}`)] }]),
    ...(reading === null ? [] : [{ rank: 4, row: countsRow(reading.cluster, looks) }]),
  ]
}

/** The scenario is known by its name; where its sockets are comes last, and matters least. */
function nameParts(state: State): readonly Part[] {
  const { settings, polling, reading } = state
  const scenario = reading?.cluster.snapshot.scenario ?? ''
  if (scenario === '') return [{ rank: 2, row: [nameSpan(state)], least: LEAST_NAME_WIDTH }]
  const host = settings.hosts[polling.host] ?? ''
  const other = span(`${machineBehind(host)} (${polling.host + 1} of ${settings.hosts.length})`, WARNING)
  return [
    { rank: 2, row: [span(scenario, STRONG)], least: LEAST_NAME_WIDTH },
    ...(polling.host === 0 ? [] : [{ rank: 2, row: [other], least: LEAST_NAME_WIDTH }]),
    ...(settings.source.kind === 'simulator' || polling.host > 0
      ? []
      : [{ rank: 7, row: [span(settings.source.name)], least: LEAST_NAME_WIDTH }]),
  ]
}

/** With its speed and its time of day, and whether it stands still, as far as that is known. */
function simulationRow({ simulation, preferences }: State, looks: Looks): Row {
  const seen = simulation?.seen ?? null
  if (seen === null) return [span(' SIMULATION ', BADGE)]
  const speed = `${glyphsOf(looks).times}${seen.speed}`
  const now = parseTime(seen.now)
  const time = now === 0 ? '' : `${clockTime(now, preferences.timeZone)} `
  return [span(` SIMULATION ${seen.isPaused ? `paused ${speed}` : speed} ${time}`, BADGE)]
}

function countsRow(cluster: NonNullable<State['reading']>['cluster'], looks: Looks): Row {
  const { nodes, services, running, desired } = cluster
  const counts: readonly Row[] = [
    [span(counted(nodes.length, 'node'))],
    [span(counted(services.length, 'service'))],
    [span(`${running}/${desired} tasks`, running < desired ? WARNING : PLAIN)],
  ]
  return joinRows(counts, span(` ${glyphsOf(looks).separator} `, QUIET))
}

/** The swarm by the name it was asked for; while another host than the preferred one is asked, by that. */
function nameSpan({ settings, polling }: State): Span {
  const { hosts, source } = settings
  if (polling.host === 0) return span(source.name, STRONG)
  return span(`${hosts[polling.host] ?? ''} (${polling.host + 1} of ${hosts.length})`, WARNING)
}

/** A host is often a long path, of which the beginning and the end are enough to tell it from another. */
const LEAST_NAME_WIDTH = 24

/** The most important parts that fit, each where it stood, and the name cut to the room that is left. */
function keepImportant(parts: readonly Part[], gap: number, room: number, looks: Looks): readonly Row[] {
  const leastOf = ({ row, least = Number.POSITIVE_INFINITY }: Part) => Math.min(rowWidth(row, looks), least)
  const kept = new Set<Part>()
  let left = room + gap
  for (const part of parts.toSorted((one, other) => one.rank - other.rank)) {
    const needed = leastOf(part) + gap
    if (needed > left && kept.size > 0) continue
    kept.add(part)
    left -= needed
  }
  return parts.flatMap(part => {
    if (!kept.has(part)) return []
    const width = Math.min(rowWidth(part.row, looks), leastOf(part) + Math.max(0, left))
    left -= width - leastOf(part)
    return [
      part.row.map(piece => ({ ...piece, text: cutMiddle(visibleText(piece.text, looks.isAscii), width, looks) })),
    ]
  })
}
