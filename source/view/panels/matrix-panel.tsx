import { currentView } from '../../app/current-view.ts'
import { type MatrixCell, matrixColumns, matrixOf, NO_NODE, TASK_SIGNS, type TaskSign } from '../../app/matrix.ts'
import { type MatrixLayout, NONE_WIDTH, SUM_WIDTH } from '../../app/matrix-layout.ts'
import { rowsOf, selectedId } from '../../app/rows/panel-rows.ts'
import type { Cluster, ClusterNode, ClusterService } from '../../swarm/cluster.ts'
import { isJob } from '../../swarm/service-mode.ts'
import type { Area } from '../layout.ts'
import { ListPanel, listWidth } from '../list-panel.tsx'
import { BORDER_ROWS } from '../panel.tsx'
import { emptyText } from '../panel-title.ts'
import { cutMiddle, fitRow, type Row, type Span, span, takeFitting, textWidth } from '../row.ts'
import { DANGER, GOOD, glyphsOf, type Look, type Looks, PLAIN, QUIET, STRONG, WARNING } from '../theme.ts'
import { visibleText } from '../visible-text.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** A row a service, a column a node, a sign a task. */
export function MatrixPanel({ state, area, title, looks }: ScreenPanelProps) {
  const view = currentView(state)
  const cluster = state.reading?.cluster ?? null
  const pen = cluster === null ? null : preparePen(cluster, matrixColumns(state), area, looks)
  return (
    <ListPanel
      area={area}
      title={title}
      above={pen === null ? [] : headingRows(pen)}
      items={rowsOf(state, 'matrix')}
      idOf={({ service }) => service.id}
      rowOf={entry => (pen === null ? [] : serviceRow(entry, pen))}
      below={pen === null ? [] : [...sumRows(pen), ...legendRows(pen, listWidth(area))]}
      selectedId={selectedId(state, 'matrix')}
      marks={view.marks.matrix ?? []}
      isFocused={view.focus === 'matrix'}
      emptyText={emptyText(state, 'matrix', 'no services yet: docker service create makes one')}
      looks={looks}
    />
  )
}

/** What all rows have in common. */
type Pen = {
  readonly cluster: Cluster
  readonly layout: MatrixLayout
  readonly first: number
  /** Those on the screen. */
  readonly nodes: readonly ClusterNode[]
  readonly headingHeight: number
  readonly looks: Looks
}

function preparePen(
  cluster: Cluster,
  { first, ...layout }: ReturnType<typeof matrixColumns>,
  area: Area,
  looks: Looks,
): Pen {
  const nodes = cluster.nodes.slice(first, first + layout.shown)
  const height = area.height - BORDER_ROWS
  const room = Math.max(1, Math.floor(height / 4), height - cluster.services.length - ROWS_BESIDES)
  const longest = Math.max(1, ...nodes.map(({ name }) => graphemesOf(name, looks).length))
  const headingHeight = layout.isTurned ? Math.min(longest, room, MOST_TURNED) : 1
  return { cluster, layout, first, nodes, headingHeight, looks }
}

const MOST_TURNED = 12
/** The line below the names, sums of up to three digits, and what the signs mean. */
const ROWS_BESIDES = 6

/**
 * The names of the nodes, each cell below the one before where they are turned, and below them how those are
 * that are not well, and which they are where not all have room.
 */
function headingRows(pen: Pen): readonly Row[] {
  const { nodes, layout, headingHeight, looks } = pen
  const names = nodes.map(({ name }) =>
    layout.isTurned
      ? turnName(name, headingHeight, looks)
      : [cutMiddle(visibleText(name, looks.isAscii), layout.cellWidth, looks)],
  )
  const words = nodes.map(node => span(fitsWord(node, layout) ? nodeWord(node) : nodeSign(node), nodeLook(node)))
  const position = positionWords(pen)
  const isTold = position !== '' || words.some(({ text }) => text !== '')
  return [
    ...Array.from({ length: headingHeight }, (_, index) =>
      rowOfParts(
        index === headingHeight - 1 ? [span('SERVICE', STRONG)] : [],
        names.map((name, column) => span(name[index] ?? '', nodeLook(nodes[column]))),
        index === headingHeight - 1 ? [span('NO NODE', STRONG)] : [],
        index === headingHeight - 1 ? [span('RUNNING', STRONG)] : [],
        pen,
      ),
    ),
    ...(isTold ? [rowOfParts([span(position, QUIET)], words, [], [], pen)] : []),
  ]
}

/** Which nodes are on the screen, and how to get to the others. */
function positionWords({ cluster, first, nodes }: Pen): string {
  return nodes.length === cluster.nodes.length
    ? ''
    : `${first + 1}-${first + nodes.length} of ${cluster.nodes.length} ← →`
}

/** A name from top to bottom; where not all of it finds room a little of its beginning and more of its end. */
function turnName(name: string, height: number, looks: Looks): readonly string[] {
  const graphemes = graphemesOf(name, looks)
  if (graphemes.length > height) {
    const start = Math.floor((height - 1) / 3)
    const end = height - 1 - start
    return [...graphemes.slice(0, start), glyphsOf(looks).cut, ...graphemes.slice(graphemes.length - end)]
  }
  return [...Array.from({ length: height - graphemes.length }, () => ''), ...graphemes]
}

const graphemesOf = (name: string, looks: Looks): readonly string[] =>
  Array.from(GRAPHEMES.segment(visibleText(name, looks.isAscii)), ({ segment }) => segment)

const GRAPHEMES = new Intl.Segmenter(undefined, { granularity: 'grapheme' })

function serviceRow(entry: ClusterService, pen: Pen): Row {
  const { cluster, nodes, layout, looks } = pen
  const { cellOf } = matrixOf(cluster)
  const { id, name } = entry.service
  return rowOfParts(
    [span(name, STRONG)],
    nodes.map(({ node }) => cellSpans(cellOf(id, node.id), layout.cellWidth, looks)),
    cellSpans(cellOf(id, NO_NODE), NONE_WIDTH, looks),
    sumOf(entry, looks),
    pen,
  )
}

/** Each task by itself, or how many there are, in the look of the worst, where there is no room for them. */
function cellSpans(cell: MatrixCell, width: number, looks: Looks): Row {
  if (cell.length <= width) return cell.map(sign => span(signOf(sign, looks), SIGN_LOOKS[sign]))
  const worst = cell.at(-1)
  const count = String(cell.length)
  return [span(count.length <= width ? count : '+'.repeat(width), worst === undefined ? PLAIN : SIGN_LOOKS[worst])]
}

/** How many of how many run; of a job, how many are done. */
function sumOf(entry: ClusterService, looks: Looks): Row {
  const done = isJob(entry.service) ? entry.shown.completed : entry.running
  const words = `${done}/${entry.desired}`
  if (!entry.isShort) return [span(words)]
  return [span(`${glyphsOf(looks).warning} ${words}`, entry.running === 0 ? DANGER : WARNING)]
}

/** How many tasks run on each node; a number that is wider than its column is turned as the names are. */
function sumRows(pen: Pen): readonly Row[] {
  const { cluster, nodes, layout } = pen
  const { runningOn } = matrixOf(cluster)
  const sums = nodes.map(({ node }) => String(runningOn.get(node.id) ?? 0))
  const digits = Math.max(1, ...sums.map(sum => sum.length))
  const isTurned = digits > layout.cellWidth
  const height = isTurned ? digits : 1
  return Array.from({ length: height }, (_, index) =>
    rowOfParts(
      index === 0 ? [span('running', QUIET)] : [],
      sums.map(sum => span(isTurned ? (sum.padStart(digits)[index] ?? '') : sum, QUIET)),
      [],
      index === 0 ? [span(`${cluster.running}/${cluster.desired}`, QUIET)] : [],
      pen,
    ),
  )
}

/** What the signs mean that there are, of tasks and, where there is no room for words in the heading, of nodes. */
function legendRows({ cluster, nodes, layout, looks }: Pen, width: number): readonly Row[] {
  const { signs } = matrixOf(cluster)
  const ofTasks: readonly Row[] = TASK_SIGNS.filter(sign => sign === 'running' || signs.has(sign)).map(sign => [
    span(signOf(sign, looks), SIGN_LOOKS[sign]),
    span(` ${SIGN_WORDS[sign]}`, QUIET),
  ])
  const marked = nodes.filter(node => !fitsWord(node, layout))
  const ofNodes: readonly Row[] = [...new Map(marked.map(node => [nodeWord(node), node]))].map(([word, node]) => [
    span(nodeSign(node), nodeLook(node)),
    span(` ${word}`, QUIET),
  ])
  const legends = [ofTasks, ...(ofNodes.length === 0 ? [] : [[[span('nodes:', QUIET)], ...ofNodes]])]
  return legends.map(legend => takeFitting(legend, span('  '), width, looks))
}

/** One row of the matrix: what stands before the nodes, a part a node, and what stands behind them. */
function rowOfParts(name: Row, parts: readonly (Span | Row)[], none: Row, sum: Row, { layout, looks }: Pen): Row {
  const { nameWidth, columnWidth } = layout
  const cells = parts.flatMap(part => fitCell('text' in part ? [part] : part, columnWidth, looks))
  return mergeSpans([
    ...fitRow(name, nameWidth, looks),
    span('  '),
    ...cells,
    span('  '),
    ...fitRow(none, NONE_WIDTH, looks),
    span('  '),
    ...fitRow(sum, SUM_WIDTH, looks),
  ])
}

/** Nearly every cell is empty, or one narrow sign. */
function fitCell(row: Row, width: number, looks: Looks): Row {
  const [only] = row
  if (only === undefined || only.text === '') return [span(' '.repeat(width))]
  return row.length === 1 && textWidth(only.text) < width && only.text.length === 1
    ? [only, span(' '.repeat(width - 1))]
    : fitRow(row, width, looks)
}

/** Blanks look like what is before them, and neighbours that look alike are one span: each costs bytes of its own. */
function mergeSpans(row: Row): Row {
  const merged: Span[] = []
  for (const piece of row) {
    const last = merged.at(-1)
    if (last !== undefined && (last.look === piece.look || piece.text.trim() === '')) {
      merged[merged.length - 1] = { text: last.text + piece.text, look: last.look }
    } else {
      merged.push(piece)
    }
  }
  return merged
}

const SIGN_WORDS: Readonly<Record<TaskSign, string>> = {
  running: 'running',
  complete: 'done',
  leaving: 'leaving',
  starting: 'starting',
  waiting: 'waiting',
  lost: 'node down',
  failed: 'failed',
}

const SIGN_LOOKS: Readonly<Record<TaskSign, Look>> = {
  running: GOOD,
  complete: QUIET,
  leaving: QUIET,
  starting: WARNING,
  waiting: WARNING,
  lost: DANGER,
  failed: DANGER,
}

function signOf(sign: TaskSign, looks: Looks): string {
  const { dot, done, leaving, starting, waiting, failed } = glyphsOf(looks)
  return { running: dot, complete: done, leaving, starting, waiting, lost: '?', failed }[sign]
}

const isUnheard = ({ node }: ClusterNode): boolean => node.state === 'unknown' || node.state === 'disconnected'

function nodeSign(entry: ClusterNode): string {
  if (entry.node.state === 'down') return 'x'
  if (isUnheard(entry)) return '?'
  return { active: '', drain: 'd', pause: 'p' }[entry.node.availability]
}

function nodeWord(entry: ClusterNode): string {
  if (entry.node.state === 'down') return 'down'
  if (isUnheard(entry)) return entry.node.state
  return { active: '', drain: 'drained', pause: 'paused' }[entry.node.availability]
}

const fitsWord = (node: ClusterNode, { cellWidth }: MatrixLayout): boolean => nodeWord(node).length <= cellWidth

function nodeLook(entry: ClusterNode | undefined): Look {
  if (entry === undefined || nodeWord(entry) === '') return PLAIN
  return entry.node.state === 'down' ? DANGER : WARNING
}
