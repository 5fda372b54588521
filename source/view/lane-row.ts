import type { SeenTask } from '../swarm/seen-task.ts'
import { type Row, type Span, span, textWidth } from './row.ts'
import { DANGER, glyphsOf, KEY, type Look, type Looks, QUIET, taskStateLook, WARNING } from './theme.ts'
import { type Cell, drawTimeLine, type Moment, type Scale } from './time-line.ts'
import { visibleText } from './visible-text.ts'

export type LaneWords = {
  /** All tasks that were seen in the slot, newest first. */
  readonly tasks: readonly SeenTask[]
  readonly scale: Scale
  readonly now: number
  /** When the service was made. */
  readonly since: number
  readonly nodeName: (nodeId: string) => string
  /** The ID of the task that is chosen; null in a lane that is not selected. */
  readonly chosen: string | null
}

/**
 * A slot through time, a sign a cell: what its tasks did, each with its node's name at its beginning where there is room,
 * and an edge where one takes over from another. A cell in which several failed has their number.
 */
export function laneRow(words: LaneWords, looks: Looks): Row {
  const cells = drawTimeLine(words.tasks, words.scale, words.now, words.since)
  const signs = cells.map(cell => signOf(cell, looks))
  const nodes = new Map(words.tasks.map(({ task }) => [task.id, task.nodeId]))
  for (const { from, to, taskId } of segmentsOf(cells)) {
    const name = labelSigns(words.nodeName(nodes.get(taskId) ?? ''), looks)
    if (name.length > 0 && to - from > name.length) {
      for (const [index, sign] of name.entries()) signs[from + index] = sign
    } else if (from > 0 && signs[from - 1] === signs[from]) signs[from] = glyphsOf(looks).edge
  }
  return mergeSpans(cells.map((cell, index) => span(signs[index] ?? '', lookOf(cell, words.chosen))))
}

type Segment = { readonly from: number; readonly to: number; readonly taskId: string }

/** The stretches of neighbouring cells in which one task did anything but fail; up to and without `to`. */
function segmentsOf(cells: readonly Cell[]): readonly Segment[] {
  const segments: Segment[] = []
  let from = 0
  for (let index = 1; index <= cells.length; index++) {
    const first = cells[from]
    const cell = cells[index]
    if (first === undefined) break
    if (cell?.taskId === first.taskId && (cell.moment === 'failed') === (first.moment === 'failed')) continue
    if (first.taskId !== '' && first.moment !== 'failed') segments.push({ from, to: index, taskId: first.taskId })
    from = index
  }
  return segments
}

/** A name, one sign for each cell; none for a name with characters that take more than one. */
function labelSigns(name: string, looks: Looks): readonly string[] {
  const signs = Array.from(visibleText(name, looks.isAscii))
  return signs.every(sign => textWidth(sign) === 1) ? signs : []
}

function signOf({ moment, failures }: Cell, looks: Looks): string {
  const glyphs = glyphsOf(looks)
  if (moment !== 'failed') return moment === 'nothing' ? ' ' : glyphs[moment]
  if (failures === 1) return glyphs.failed
  return failures < 10 ? String(failures) : glyphs.manyFailed
}

function lookOf({ moment, taskId }: Cell, chosen: string | null): Look {
  if (taskId === '' || taskId !== chosen) return MOMENT_LOOKS[moment]
  return moment === 'failed' ? CHOSEN_FAILURE : KEY
}

const CHOSEN_FAILURE: Look = { ...DANGER, inverse: true }

export const MOMENT_LOOKS: Readonly<Record<Moment, Look>> = {
  nothing: QUIET,
  unknown: QUIET,
  over: QUIET,
  waiting: WARNING,
  starting: WARNING,
  running: taskStateLook('running'),
  failed: DANGER,
}

/** Neighbours that look the same are one span: a quiet line costs few bytes. */
export function mergeSpans(spans: readonly Span[]): Row {
  const merged: Span[] = []
  for (const piece of spans) {
    const last = merged.at(-1)
    if (last?.look === piece.look) {
      merged[merged.length - 1] = { text: last.text + piece.text, look: last.look }
    } else merged.push(piece)
  }
  return merged
}

/** Where the chosen task is in a lane: the first and the last of its cells; null where it is not in sight. */
export function findChosen(words: LaneWords): { readonly first: number; readonly last: number } | null {
  const cells = drawTimeLine(words.tasks, words.scale, words.now, words.since)
  const isChosen = ({ taskId }: Cell) => taskId !== '' && taskId === words.chosen
  const first = cells.findIndex(isChosen)
  return first < 0 ? null : { first, last: cells.findLastIndex(isChosen) }
}
