import { keepBy } from '../../app/rows/keep-by.ts'
import { coreWords } from '../../rules/amounts.ts'
import type { Cluster, ClusterNode } from '../../swarm/cluster.ts'
import type { Resources } from '../../swarm/node.ts'
import type { Area } from '../layout.ts'
import { fitRow, type Row, rowWidth, span } from '../row.ts'
import {
  DANGER,
  glyphsOf,
  type Look,
  type Looks,
  nodeStateLook,
  PLAIN,
  QUIET,
  SERIES,
  STRONG,
  WARNING,
} from '../theme.ts'
import { drawingRows } from './drawing-rows.ts'
import type { Charts } from './use-charts.ts'

const [CPU_LOOK, MEMORY_LOOK = PLAIN] = SERIES

/** What is reserved of what the nodes that are up have to give. */
export type Reserved = { readonly reserved: Resources; readonly capacity: Resources; readonly nodes: number }

export const reservedOf = keepBy((cluster: Cluster): Reserved => {
  const up = cluster.nodes.filter(hasRoom)
  const sum = (of: (node: ClusterNode) => number) => up.reduce((total, node) => total + of(node), 0)
  return {
    reserved: {
      nanoCpus: sum(({ reserved }) => reserved.nanoCpus),
      memoryBytes: sum(({ reserved }) => reserved.memoryBytes),
    },
    capacity: {
      nanoCpus: sum(({ node }) => node.capacity.nanoCpus),
      memoryBytes: sum(({ node }) => node.capacity.memoryBytes),
    },
    nodes: up.length,
  }
})

export function reservedTitle(cluster: Cluster): Row {
  const { reserved, capacity, nodes } = reservedOf(cluster)
  return [
    span('Reserved  ', STRONG),
    span(`CPU ${coreWords(reserved.nanoCpus)} of ${coreWords(capacity.nanoCpus)} cores`),
    span(`   memory ${gibibytes(reserved.memoryBytes)} of ${gibibytes(capacity.memoryBytes)} GiB`),
    span(`   ${nodes} ${nodes === 1 ? 'node' : 'nodes'} up`, QUIET),
  ]
}

/** Two rings, of CPU and of memory, for the whole swarm. `percents`: as `sharePercents` tells. */
export function ringRows(charts: Charts, [cpu, memory]: Percents, rows: number, looks: Looks): readonly Row[] {
  const drawing = charts.drawDonuts(
    [
      { label: 'CPU', share: cpu / 100 },
      { label: 'memory', share: memory / 100 },
    ],
    { width: charts.donutsWidth(2, rows), height: rows },
  )
  return drawingRows(
    drawing,
    ink => {
      if (ink === 'axis') return { look: QUIET, sign: glyphsOf(looks).dotted }
      if (ink === 'first') return { look: CPU_LOOK }
      return { look: ink === 'second' ? MEMORY_LOOK : STRONG }
    },
    looks,
  )
}

export type Percents = readonly [cpu: number, memory: number]

/** Of the whole swarm, in whole per cents. */
export function sharePercents(cluster: Cluster): Percents {
  const { reserved, capacity } = reservedOf(cluster)
  return [percent(reserved.nanoCpus, capacity.nanoCpus) ?? 0, percent(reserved.memoryBytes, capacity.memoryBytes) ?? 0]
}

/** Node by node, in columns where there are more of them than rows; those that find no room are counted. */
export function nodeGauges(charts: Charts, nodes: readonly ClusterNode[], area: Area, looks: Looks): readonly Row[] {
  const columns = Math.max(1, Math.min(Math.floor(area.width / LEAST_COLUMN), Math.ceil(nodes.length / area.height)))
  const width = Math.min(MOST_COLUMN, Math.floor(area.width / columns))
  const room = columns * area.height
  const shown = nodes.slice(0, nodes.length > room ? room - 1 : room)
  const cells = [
    ...gaugeRows(charts, shown, width - COLUMN_GAP, looks),
    ...(shown.length < nodes.length ? [[span(`and ${nodes.length - shown.length} more`, QUIET)]] : []),
  ]
  return Array.from({ length: area.height }, (_, index) =>
    Array.from({ length: columns }, (__, column) =>
      fitRow(cells[column * area.height + index] ?? [], width, looks),
    ).flat(),
  )
}

const COLUMN_GAP = 2
const LEAST_COLUMN = 52
const MOST_COLUMN = 84

function gaugeRows(charts: Charts, nodes: readonly ClusterNode[], width: number, looks: Looks): readonly Row[] {
  const widest = Math.max(0, ...nodes.map(({ name }) => rowWidth([span(name)], looks)))
  const nameWidth = Math.min(widest, Math.max(8, Math.floor(width / 4)))
  const barWidth = Math.max(4, Math.floor((width - nameWidth - 2 * GAUGE_WORDS) / 2))
  const shares = nodes.map(({ node, reserved }): readonly (number | null)[] => [
    percent(reserved.nanoCpus, node.capacity.nanoCpus),
    percent(reserved.memoryBytes, node.capacity.memoryBytes),
  ])
  const filled = charts.drawGauges(
    shares.flat().map(share => (share ?? 0) / 100),
    barWidth,
  )
  return nodes.map((entry, index) => {
    const name = fitRow([span(entry.name)], nameWidth, looks)
    if (!hasRoom(entry)) return [...name, ...whyNone(entry)]
    const [cpu = null, memory = null] = shares[index] ?? []
    return [
      ...name,
      ...gaugeSpans(' CPU ', cpu, filled[2 * index] ?? 0, barWidth, CPU_LOOK, looks),
      ...gaugeSpans(' mem ', memory, filled[2 * index + 1] ?? 0, barWidth, MEMORY_LOOK, looks),
    ]
  })
}

/** The word, a blank and up to four characters of per cent. */
const GAUGE_WORDS = 10

function gaugeSpans(word: string, share: number | null, filled: number, width: number, usual: Look, looks: Looks): Row {
  const { running, rest } = glyphsOf(looks)
  const look = share !== null && share > 100 ? DANGER : share !== null && share > 90 ? WARNING : usual
  return [
    span(word, QUIET),
    span(running.repeat(filled), look),
    span(rest.repeat(width - filled), QUIET),
    span(` ${share === null ? '?' : `${share}%`}`.padEnd(5)),
  ]
}

function whyNone({ node }: ClusterNode): Row {
  return node.state === 'ready'
    ? [span(' has not said what it has', QUIET)]
    : [span(` ${node.state}`, nodeStateLook(node.state))]
}

const hasRoom = ({ node }: ClusterNode): boolean =>
  node.state === 'ready' && (node.capacity.nanoCpus > 0 || node.capacity.memoryBytes > 0)

const percent = (reserved: number, capacity: number): number | null =>
  capacity === 0 ? null : Math.round((reserved / capacity) * 100)

const gibibytes = (bytes: number): string => (bytes / 2 ** 30).toFixed(1)
