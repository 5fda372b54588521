import { Box } from 'ink'
import { currentView } from '../../app/current-view.ts'
import { selectedRow } from '../../app/rows/panel-rows.ts'
import type { TaskRow } from '../../app/rows/task-rows.ts'
import type { State } from '../../app/state.ts'
import { swarmNow } from '../../app/swarm-clock.ts'
import { capitalise } from '../../rules/capitalise.ts'
import { imageWords, stateWords, taskPortWords } from '../../swarm/cli-words.ts'
import { nameNode } from '../../swarm/name-task.ts'
import type { Area } from '../layout.ts'
import { Line } from '../line.tsx'
import { type Row, span, wrapText } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import type { Column } from '../table.ts'
import { DANGER, type Looks, PLAIN, QUIET, taskStateLook } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** Tasks as `docker service ps` and `docker node ps` list them. */
export function TasksPanel(props: ScreenPanelProps) {
  const { state, area, looks } = props
  const error = errorRows(selectedRow(state, 'tasks'), area, looks)
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

/** The error of the selected task in full: its column has room for the beginning of it at the most. */
function errorRows(selected: TaskRow | null, area: Area, looks: Looks): readonly Row[] {
  if (selected === null || selected.task.error === '' || area.height < LEAST_HEIGHT_WITH_ERROR) return []
  return wrapText(`${selected.name}: ${selected.task.error}`, area.width - 2, looks)
    .slice(0, MOST_ERROR_ROWS)
    .map(line => [span(` ${line}`, DANGER)])
}

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
      cell: ({ task, isHistory }) => span(capitalise(task.desired), isHistory ? QUIET : PLAIN),
    },
    {
      name: 'current',
      title: 'CURRENT STATE',
      rank: 1,
      cell: ({ task }) => span(`${stateWords(task, now)} ago`, taskStateLook(task.state)),
    },
    { name: 'error', title: 'ERROR', rank: 3, least: 16, cell: ({ task }) => span(task.error, DANGER) },
    { name: 'ports', title: 'PORTS', rank: 6, isOptional: true, cell: ({ task }) => span(taskPortWords(task)) },
  ]
}
