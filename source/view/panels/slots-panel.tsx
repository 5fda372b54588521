import { currentView } from '../../app/current-view.ts'
import { rowsOf, selectedId } from '../../app/rows/panel-rows.ts'
import { shownService } from '../../app/shown-service.ts'
import { tasksBySlot } from '../../app/slot-tasks.ts'
import type { State } from '../../app/state.ts'
import { swarmNow } from '../../app/swarm-clock.ts'
import { windowSpan, windowWords } from '../../app/time-window.ts'
import { capitalise } from '../../rules/capitalise.ts'
import { stateWords } from '../../swarm/cli-words.ts'
import type { Cluster, Slot } from '../../swarm/cluster.ts'
import { explainWhy } from '../../swarm/explain-why.ts'
import { nameNode } from '../../swarm/name-task.ts'
import type { SeenTask } from '../../swarm/seen-task.ts'
import type { Task } from '../../swarm/task.ts'
import { isFailure } from '../../swarm/task-life.ts'
import { MOMENT_LOOKS, mergeSpans } from '../lane-row.ts'
import type { Area } from '../layout.ts'
import { ListPanel, listWidth } from '../list-panel.tsx'
import { emptyText } from '../panel-title.ts'
import { fitRow, type Row, span, textWidth } from '../row.ts'
import { MEASURED_ROWS } from '../table.ts'
import { DANGER, glyphsOf, type Looks, PLAIN, QUIET, taskStateLook, whyLook } from '../theme.ts'
import { type Cell, drawTimeLine, type Scale, timeScale } from '../time-line.ts'
import { visibleText } from '../visible-text.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** The slots of the service that is looked at, each with its last quarter of an hour and how it is now. */
export function SlotsPanel({ state, area, title, looks }: ScreenPanelProps) {
  const view = currentView(state)
  const isFocused = view.focus === 'slots'
  const service = shownService(state)
  const slots = rowsOf(state, 'slots')
  const pen = preparePen(state, slots, area, looks)
  return (
    <ListPanel
      area={area}
      title={title}
      note={pen === null || pen.scale.cells === 0 ? [] : [span(windowWords(state), QUIET)]}
      items={slots}
      idOf={slot => slot.key}
      rowOf={slot => (pen === null ? [] : slotRow(slot, pen))}
      selectedId={isFocused ? selectedId(state, 'slots') : null}
      isFocused={isFocused}
      emptyText={emptyText(state, 'slots', service === null ? 'no service is selected' : 'no tasks yet')}
      looks={looks}
    />
  )
}

/** What all rows of the panel have in common. */
type Pen = {
  readonly cluster: Cluster
  readonly now: number
  readonly scale: Scale
  readonly tasksOf: (slot: Slot) => readonly SeenTask[]
  readonly labelWidth: number
  readonly nodeWidth: number
  readonly looks: Looks
}

function preparePen(state: State, slots: readonly Slot[], area: Area, looks: Looks): Pen | null {
  const cluster = state.reading?.cluster
  const service = shownService(state)
  if (cluster === undefined || service === null) return null
  const bySlot = tasksBySlot(state.history)(service)
  const width = listWidth(area)
  const now = swarmNow(state)
  const measured = [...slots.slice(0, MEASURED_ROWS), ...slots.slice(-1)]
  return {
    cluster,
    now,
    scale: timeScale(Math.floor(width * 0.38) - 2, now, windowSpan(state, bySlot.values(), now)),
    tasksOf: slot => bySlot.get(slot.key) ?? [],
    labelWidth: Math.max(1, ...measured.map(slot => labelOf(slot).length)),
    nodeWidth: Math.min(14, Math.max(1, ...measured.map(slot => cellsOf(nodeOf(slot, cluster), looks)))),
    looks,
  }
}

function slotRow(slot: Slot, pen: Pen): Row {
  const { cluster, now, scale, looks } = pen
  return [
    ...(labelOf(slot) === ''
      ? []
      : fitRow([span(labelOf(slot).padStart(pen.labelWidth)), span('  ')], pen.labelWidth + 2, looks)),
    ...fitRow([span(nodeOf(slot, cluster))], pen.nodeWidth, looks),
    span(' '),
    ...(scale.cells === 0 ? [] : timeLineSpans(drawTimeLine(pen.tasksOf(slot), scale, now), looks)),
    ...conditionSpans(slot, pen),
  ]
}

/** Global services have a slot for each node, and no number. */
const labelOf = (slot: Slot): string => (slot.number === 0 && slot.key !== '0' ? '' : String(slot.number))

function nodeOf(slot: Slot, cluster: Cluster): string {
  const nodeId = (slot.live ?? slot.tasks[0])?.nodeId ?? ''
  return nodeId === '' ? '-' : nameNode(nodeId, cluster)
}

const cellsOf = (text: string, looks: Looks): number => textWidth(visibleText(text, looks.isAscii))

/** What is over, or not known, is left empty here: there is little room, and the rest of the row tells how it is now. */
function timeLineSpans(cells: readonly Cell[], looks: Looks): Row {
  const glyphs = glyphsOf(looks)
  const signs = { ...glyphs, nothing: ' ', unknown: ' ', over: ' ' }
  return [
    span(glyphs.barStart, QUIET),
    ...mergeSpans(cells.map(({ moment }) => span(signs[moment], MOMENT_LOOKS[moment]))),
    span(`${glyphs.barEnd} `, QUIET),
  ]
}

/** How the slot is now, and the last thing that went wrong in it. */
function conditionSpans(slot: Slot, pen: Pen): Row {
  const { cluster, now, looks } = pen
  if (slot.why !== null)
    return [
      span(
        explainWhy(slot.why, nodeId => nameNode(nodeId, cluster), now),
        whyLook(slot.why),
      ),
    ]
  const task = slot.live ?? slot.tasks[0]
  if (task === undefined) return [span('no task', QUIET)]
  const failure = slot.tasks.find(other => other !== task && isFailure(other) && now - other.stateAt < RECENT_MS)
  return [
    span(stateWords(task, now), task.state === 'running' ? PLAIN : taskStateLook(task.state)),
    ...(failure === undefined ? [] : [span(`  ${glyphsOf(looks).back} ${failureWords(failure, cluster)}`, DANGER)]),
  ]
}

const RECENT_MS = 3_600_000

function failureWords(task: Task, cluster: Cluster): string {
  const where = task.nodeId === '' ? '' : ` on ${nameNode(task.nodeId, cluster)}`
  const error = task.error === '' ? '' : `: ${task.error}`
  return `${capitalise(task.state)}${where}${error}`
}
