import { Box } from 'ink'
import { currentView } from '../../app/current-view.ts'
import { failureGroups } from '../../app/failure-groups.ts'
import { selectedRow } from '../../app/rows/panel-rows.ts'
import { slotKeyOf } from '../../app/rows/slot-key.ts'
import type { TaskRow } from '../../app/rows/task-rows.ts'
import type { State } from '../../app/state.ts'
import { swarmNow } from '../../app/swarm-clock.ts'
import { capitalise } from '../../rules/capitalise.ts'
import { imageWords, stateWords, taskPortWords } from '../../swarm/cli-words.ts'
import { explainWhy } from '../../swarm/explain-why.ts'
import { cadenceWords, failureKey, failureReason, groupWords } from '../../swarm/group-failures.ts'
import { nameNode } from '../../swarm/name-task.ts'
import { asSeen } from '../../swarm/seen-task.ts'
import { isFailure } from '../../swarm/task-life.ts'
import type { Area } from '../layout.ts'
import { Line } from '../line.tsx'
import { type Row, span, wrapText } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import type { Column } from '../table.ts'
import { DANGER, type Look, type Looks, PLAIN, QUIET, taskStateLook, WARNING, whyLook } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** Tasks as `docker service ps` and `docker node ps` list them. */
export function TasksPanel(props: ScreenPanelProps) {
  const { state, area, looks } = props
  const error = errorRows(state, selectedRow(state, 'tasks'), area, looks)
  return (
    <Box flexDirection="column">
      <StateTable
        {...props}
        area={{ ...area, height: area.height - error.length }}
        panel="tasks"
        columns={columnsFor(state)}
        nothing="no tasks"
      />
      {error.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of a text is its place.
        <Line key={index} row={row} width={area.width} looks={looks} />
      ))}
    </Box>
  )
}

/** What the selected task failed of in full, how often the same has happened, and what keeps its slot from running. */
function errorRows(state: State, selected: TaskRow | null, area: Area, looks: Looks): readonly Row[] {
  if (selected === null || area.height < LEAST_HEIGHT_WITH_ERROR) return []
  const width = area.width - 2
  return reasonLines(state, selected)
    .flatMap(({ text, look }) => wrapText(text, width, looks).map(line => [span(` ${line}`, look)]))
    .slice(0, MOST_ERROR_ROWS)
}

type ReasonLine = { readonly text: string; readonly look: Look }

function reasonLines(state: State, { task, name, isRemembered }: TaskRow): readonly ReasonLine[] {
  const cluster = state.reading?.cluster
  const service = cluster?.serviceById.get(task.serviceId)
  if (cluster === undefined) return []
  const key = failureKey(asSeen(task))
  const group = service && isFailure(task) ? failureGroups(state, service).find(other => other.key === key) : undefined
  const slotKey = slotKeyOf(task, cluster)
  const slot = service?.slots.find(other => other.key === slotKey)
  const why = slot?.why ?? null
  const isTold = why === null || why.kind === 'failing' || (why.kind === 'pending' && why.error === task.error)
  return [
    ...(isFailure(task) || task.error !== ''
      ? [{ text: `${name}: ${failureReason(task)}`, look: isFailure(task) ? DANGER : WARNING }]
      : []),
    ...(group === undefined || group.count < 2
      ? []
      : [{ text: `the same ${groupWords(group)}${withComma(cadenceWords(group))}`, look: PLAIN }]),
    ...(isTold
      ? []
      : [{ text: `${name}: ${explainWhy(why, id => nameNode(id, cluster), swarmNow(state))}`, look: whyLook(why) }]),
    ...(isRemembered ? [{ text: 'remembered: Swarm has forgotten this task', look: QUIET }] : []),
  ]
}

const withComma = (words: string): string => (words === '' ? '' : `, ${words}`)

const LEAST_HEIGHT_WITH_ERROR = 9
const MOST_ERROR_ROWS = 4

function columnsFor(state: State): readonly Column<TaskRow>[] {
  const now = swarmNow(state)
  const isOfNode = currentView(state).screen.kind === 'node'
  const nodeName = (nodeId: string) =>
    state.reading === null || nodeId === '' ? nodeId : nameNode(nodeId, state.reading.cluster)
  const node: Column<TaskRow> = {
    name: 'node',
    title: 'NODE',
    rank: 2,
    least: 10,
    cell: ({ task, isHistory }) => span(nodeName(task.nodeId), isHistory ? QUIET : PLAIN),
  }
  return [
    {
      name: 'name',
      title: 'NAME',
      rank: 0,
      least: 12,
      keepsEnds: true,
      cell: ({ name, isHistory }) => span(isHistory ? ` \\_ ${name}` : name, isHistory ? QUIET : PLAIN),
    },
    {
      name: 'image',
      title: 'IMAGE',
      rank: 5,
      least: 12,
      keepsEnd: true,
      cell: ({ task, isHistory }) => span(imageWords(task.image), isHistory ? QUIET : PLAIN),
    },
    ...(isOfNode ? [] : [node]),
    {
      name: 'desired',
      title: 'DESIRED STATE',
      rank: 4,
      // Of what Swarm has forgotten nothing is desired any more.
      cell: ({ task, isHistory, isRemembered }) =>
        span(isRemembered ? 'remembered' : capitalise(task.desired), isHistory ? QUIET : PLAIN),
    },
    {
      name: 'current',
      title: 'CURRENT STATE',
      rank: 1,
      cell: ({ task, isRemembered }) =>
        span(`${stateWords(task, now)} ago`, isRemembered ? QUIET : taskStateLook(task.state)),
    },
    {
      name: 'error',
      title: 'ERROR',
      rank: 3,
      least: 16,
      cell: ({ task, isRemembered }) => span(task.error, isRemembered ? QUIET : DANGER),
    },
    { name: 'ports', title: 'PORTS', rank: 6, isOptional: true, cell: ({ task }) => span(taskPortWords(task)) },
  ]
}
