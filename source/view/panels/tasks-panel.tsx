import { Box } from 'ink'
import { currentView, selectedId, type TaskRow, taskRows } from '../../app/rows.ts'
import type { State } from '../../app/state.ts'
import { swarmNow } from '../../app/swarm-clock.ts'
import { capitalise } from '../../rules/capitalise.ts'
import { nameNode } from '../../swarm/name-task.ts'
import { imageWords, stateWords, taskPortWords } from '../cli-words.ts'
import type { Area } from '../layout.ts'
import { Line } from '../line.tsx'
import { emptyText, listTitle } from '../panel-title.ts'
import { type Row, span, wrapText } from '../row.ts'
import type { Column } from '../table.ts'
import { TablePanel } from '../table-panel.tsx'
import { DANGER, type Looks, PLAIN, QUIET, taskStateLook } from '../theme.ts'

type Props = { readonly state: State; readonly area: Area; readonly looks: Looks; readonly all: number }

/** The tasks of a node or of a service, as `docker node ps` and `docker service ps` list them. `all`: unfiltered. */
export function TasksPanel({ state, area, looks, all }: Props) {
  const items = taskRows(state)
  const selected = selectedId(state, 'tasks')
  const error = errorRows(
    items.find(({ task }) => task.id === selected),
    area,
    looks,
  )
  return (
    <Box flexDirection="column">
      <TablePanel
        area={{ ...area, height: area.height - error.length }}
        title={listTitle(state, 'tasks', 'Tasks', items.length, all)}
        columns={columnsFor(state)}
        items={items}
        idOf={({ task }) => task.id}
        selectedId={selected}
        isFocused={currentView(state).focus === 'tasks'}
        emptyText={emptyText(state, 'tasks', 'no tasks')}
        looks={looks}
      />
      {error.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of a text is its place.
        <Line key={index} row={row} width={area.width} looks={looks} />
      ))}
    </Box>
  )
}

/** The error of the selected task in full: its column has room for the beginning of it at the most. */
function errorRows(selected: TaskRow | undefined, area: Area, looks: Looks): readonly Row[] {
  if (selected === undefined || selected.task.error === '' || area.height < LEAST_HEIGHT_WITH_ERROR) return []
  return wrapText(`${selected.name}: ${selected.task.error}`, area.width - 2, looks)
    .slice(0, MOST_ERROR_ROWS)
    .map(line => [span(` ${line}`, DANGER)])
}

const LEAST_HEIGHT_WITH_ERROR = 9
const MOST_ERROR_ROWS = 4

function columnsFor(state: State): readonly Column<TaskRow>[] {
  const now = swarmNow(state)
  const isService = currentView(state).screen.kind === 'service'
  const nodeName = (nodeId: string) =>
    state.reading === null || nodeId === '' ? nodeId : nameNode(nodeId, state.reading.cluster)
  const node: Column<TaskRow> = {
    title: 'NODE',
    rank: 2,
    least: 10,
    cell: ({ task, isHistory }) => span(nodeName(task.nodeId), isHistory ? QUIET : PLAIN),
  }
  return [
    {
      title: 'NAME',
      rank: 0,
      least: 12,
      cell: ({ name, isHistory }) => span(isHistory ? ` \\_ ${name}` : name, isHistory ? QUIET : PLAIN),
    },
    {
      title: 'IMAGE',
      rank: 5,
      least: 12,
      keepsEnd: true,
      cell: ({ task, isHistory }) => span(imageWords(task.image), isHistory ? QUIET : PLAIN),
    },
    ...(isService ? [node] : []),
    {
      title: 'DESIRED STATE',
      rank: 4,
      cell: ({ task, isHistory }) => span(capitalise(task.desired), isHistory ? QUIET : PLAIN),
    },
    {
      title: 'CURRENT STATE',
      rank: 1,
      cell: ({ task }) => span(`${stateWords(task, now)} ago`, taskStateLook(task.state)),
    },
    { title: 'ERROR', rank: 3, least: 16, cell: ({ task }) => span(task.error, DANGER) },
    { title: 'PORTS', rank: 6, isOptional: true, cell: ({ task }) => span(taskPortWords(task)) },
  ]
}
