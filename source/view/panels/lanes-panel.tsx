import { Box } from 'ink'
import { currentView } from '../../app/current-view.ts'
import type { Lane } from '../../app/rows/lane-rows.ts'
import { rowsOf, selectedId } from '../../app/rows/panel-rows.ts'
import { chosenTask } from '../../app/selected-task.ts'
import { shownService } from '../../app/shown-service.ts'
import type { State } from '../../app/state.ts'
import { swarmNow } from '../../app/swarm-clock.ts'
import { windowSpan, windowWords } from '../../app/time-window.ts'
import { nameNode } from '../../swarm/name-task.ts'
import { clockTime } from '../clock-time.ts'
import { findChosen, type LaneWords, laneRow } from '../lane-row.ts'
import type { Area } from '../layout.ts'
import { BORDER_COLUMNS, BORDER_ROWS, Panel } from '../panel.tsx'
import { emptyText } from '../panel-title.ts'
import { fitRow, type Row, span, textWidth } from '../row.ts'
import { MEASURED_ROWS } from '../table.ts'
import { taskPane } from '../task-pane.ts'
import { DANGER, glyphsOf, KEY, type Looks, PLAIN, QUIET, STRONG, selectedLook, titleLook } from '../theme.ts'
import { axisRows } from '../time-axis.ts'
import { type Scale, wideScale } from '../time-line.ts'
import { visibleText } from '../visible-text.ts'
import { visibleWindow } from '../window.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** The slots of a service through time, a lane each, and below them all that is known of the task that is chosen. */
export function LanesPanel({ state, area, title, looks }: ScreenPanelProps) {
  const lanes = rowsOf(state, 'lanes')
  const selected = Math.max(
    0,
    lanes.findIndex(({ key }) => key === selectedId(state, 'lanes')),
  )
  const { upper, pane } = shareOut(area, lanes.length)
  const pen = preparePen(state, lanes, upper, looks)
  const lane = lanes[selected]
  const isFocused = currentView(state).focus === 'lanes'
  const height = Math.max(0, upper.height - BORDER_ROWS - AXIS_ROWS)
  const { first, end } = visibleWindow(lanes.length, height, selected)
  const position = end - first < lanes.length ? `${first + 1}-${end} of ${lanes.length}, ` : ''
  return (
    <Box flexDirection="column">
      <Panel
        area={upper}
        title={title}
        note={[span(`${position}${windowWords(state)}`, QUIET)]}
        isFocused={isFocused}
        rows={
          lane === undefined || pen === null
            ? [[span(emptyText(state, 'lanes', 'no tasks yet'), QUIET)]]
            : [
                ...lanes
                  .slice(first, end)
                  .map((one, index) => labelledRow(one, first + index === selected, isFocused, pen)),
                ...Array.from({ length: Math.max(0, height - (end - first)) }, () => []),
                ...axis(lane, pen),
              ]
        }
        looks={looks}
      />
      {pane.height > 0 && lane !== undefined && pen !== null && (
        <Panel area={pane} {...paneOf(lane, pen, pane)} looks={looks} />
      )}
    </Box>
  )
}

const AXIS_ROWS = 2
/** The least that a pane needs to tell anything, and that lanes need to be of use. */
const LEAST_PANE_ROWS = 6
const LEAST_LANES_ROWS = 8

function shareOut(area: Area, lanes: number): { readonly upper: Area; readonly pane: Area } {
  const { width, height } = area
  const wanted = Math.max(LEAST_PANE_ROWS, Math.floor(height * 0.4), height - lanes - BORDER_ROWS - AXIS_ROWS)
  const paneHeight = height - wanted < LEAST_LANES_ROWS && wanted > LEAST_PANE_ROWS ? height - LEAST_LANES_ROWS : wanted
  const fits = paneHeight >= LEAST_PANE_ROWS && height - paneHeight >= AXIS_ROWS + BORDER_ROWS + 1
  return {
    upper: { width, height: fits ? height - paneHeight : height },
    pane: { width, height: fits ? paneHeight : 0 },
  }
}

/** What all lanes of the panel have in common. */
type Pen = {
  readonly state: State
  readonly now: number
  readonly scale: Scale
  readonly since: number
  readonly labelWidth: number
  readonly nodeName: (nodeId: string) => string
  readonly looks: Looks
}

function preparePen(state: State, lanes: readonly Lane[], area: Area, looks: Looks): Pen | null {
  const cluster = state.reading?.cluster
  const service = shownService(state)
  if (cluster === undefined || service === null) return null
  const now = swarmNow(state)
  const measured = [...lanes.slice(0, MEASURED_ROWS), ...lanes.slice(-1)]
  const widths = measured.map(({ label }) => textWidth(visibleText(label, looks.isAscii)))
  const labelWidth = Math.min(MOST_LABEL_CELLS, Math.max(1, ...widths))
  const cells = area.width - BORDER_COLUMNS - MARK_CELLS - labelWidth - 1
  const span = windowSpan(
    state,
    lanes.map(({ tasks }) => tasks),
    now,
  )
  return {
    state,
    now,
    scale: wideScale(cells, now, span),
    since: service.service.createdAt,
    labelWidth,
    nodeName: nodeId => (nodeId === '' ? '' : nameNode(nodeId, cluster)),
    looks,
  }
}

const MOST_LABEL_CELLS = 16
/** The pointer, and the sign of a slot that does not run. */
const MARK_CELLS = 3

/** The time line keeps its colours when its lane is selected: they are what it tells. */
function labelledRow(lane: Lane, isSelected: boolean, isFocused: boolean, pen: Pen): Row {
  const { looks, labelWidth } = pen
  const glyphs = glyphsOf(looks)
  const pointer = isSelected ? (isFocused ? glyphs.pointer : glyphs.faintPointer) : ' '
  const isShort = lane.slot !== null && lane.slot.why !== null
  const label = fitRow([span(lane.label, isShort ? DANGER : lane.slot === null ? QUIET : PLAIN)], labelWidth, looks)
  return [
    span(`${pointer} `, KEY),
    span(isShort ? glyphs.warning : ' ', DANGER),
    ...(isSelected ? label.map(piece => ({ ...piece, look: selectedLook(piece.look, isFocused) })) : label),
    span(' '),
    ...laneRow(wordsOf(lane, isSelected, pen), looks),
  ]
}

function wordsOf(lane: Lane, isSelected: boolean, { state, scale, now, since, nodeName }: Pen): LaneWords {
  const chosen = isSelected ? (chosenTask(state, lane)?.task.id ?? null) : null
  return { tasks: lane.tasks, scale, now, since, nodeName, chosen }
}

/** The times below the lanes, and a pointer to the chosen task in them: it must be found without colours too. */
function axis(lane: Lane, pen: Pen): readonly Row[] {
  const { state, looks, labelWidth, scale, now } = pen
  const timeWords = (at: number) => clockTime(at, state.preferences.timeZone)
  const margin = span(' '.repeat(MARK_CELLS + labelWidth + 1))
  const chosen = findChosen(wordsOf(lane, true, pen))
  const caret = chosen === null ? null : Math.floor((chosen.first + chosen.last) / 2)
  return axisRows(scale, now, caret, timeWords, looks).map(row => [margin, ...row])
}

function paneOf(lane: Lane, pen: Pen, area: Area): { readonly title: Row; readonly rows: readonly Row[] } {
  const { state, looks } = pen
  const service = shownService(state)
  const seen = chosenTask(state, lane)
  if (service === null || seen === null) {
    return { title: [span('Task', titleLook(false))], rows: [[span('no task has been in this slot', QUIET)]] }
  }
  const name = `${service.service.name}.${lane.label}`
  return {
    title: [
      span(`${name} `, titleLook(false)),
      span(seen.goneAt === null ? '' : 'remembered', QUIET),
      span('', STRONG),
    ],
    rows: taskPane(state, seen, area.width - BORDER_COLUMNS, looks),
  }
}
