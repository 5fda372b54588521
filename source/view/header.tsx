import type { State } from '../app/state.ts'
import { Line } from './line.tsx'
import { hostName, linkRow } from './link-words.ts'
import { fitRow, joinRows, justifyRows, type Row, rowWidth, span } from './row.ts'
import { BADGE, glyphsOf, type Looks, PLAIN, QUIET, STRONG, WARNING } from './theme.ts'

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
  const { settings, polling, reading } = state
  const isElsewhere = polling.host !== 0 && settings.hosts.length > 1
  return [
    { rank: 5, row: [span('swarmtop', STRONG)] },
    ...(settings.source.kind === 'simulator' ? [{ rank: 0, row: [span(' SIMULATION ', BADGE)] }] : []),
    { rank: 2, row: [span(settings.source.name, STRONG)], least: LEAST_NAME_WIDTH },
    ...(settings.isReadOnly ? [{ rank: 1, row: [span(' read-only ', BADGE)] }] : []),
    ...(isElsewhere ? [{ rank: 3, row: [span(`asking ${hostName(state, polling.host)}`, WARNING)] }] : []),
    ...(reading === null ? [] : [{ rank: 6, row: [span(`Engine ${reading.cluster.snapshot.engineVersion}`)] }]),
    ...(reading === null ? [] : [{ rank: 4, row: countsRow(reading.cluster, looks) }]),
  ]
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

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`

/** A host is often a long path, and its first letters are enough to tell it from another. */
const LEAST_NAME_WIDTH = 20

function keepImportant(parts: readonly Part[], gap: number, room: number, looks: Looks): readonly Row[] {
  const widths = parts.map(part => rowWidth(part.row, looks))
  const surplus = widths.reduce((sum, width) => sum + width + gap, -gap) - room
  const cut = parts.map(({ row, least }, index) => {
    const width = widths[index] ?? 0
    const kept = Math.max(Math.min(width, least ?? width), width - Math.max(0, surplus))
    return kept < width ? fitRow(row, kept, looks) : row
  })
  const needed = cut.reduce((sum, row) => sum + rowWidth(row, looks) + gap, -gap)
  if (needed <= room || parts.length <= 1) return cut
  const last = Math.max(...parts.map(part => part.rank))
  return keepImportant(
    parts.filter(part => part.rank !== last),
    gap,
    room,
    looks,
  )
}
