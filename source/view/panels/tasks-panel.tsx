import { currentView, selectedId, type TaskRow, taskRows } from '../../app/rows.ts'
import type { State } from '../../app/state.ts'
import { capitalise } from '../../rules/capitalise.ts'
import { nameNode } from '../../swarm/name-task.ts'
import { imageWords, stateWords, taskPortWords } from '../cli-words.ts'
import type { Area } from '../layout.ts'
import { emptyText, listTitle } from '../panel-title.ts'
import { span } from '../row.ts'
import { swarmNow } from '../swarm-clock.ts'
import type { Column } from '../table.ts'
import { TablePanel } from '../table-panel.tsx'
import { DANGER, type Looks, PLAIN, QUIET, taskStateLook } from '../theme.ts'

type Props = { readonly state: State; readonly area: Area; readonly looks: Looks; readonly all: number }

/** The tasks of a node or of a service, as `docker node ps` and `docker service ps` list them. `all`: unfiltered. */
export function TasksPanel({ state, area, looks, all }: Props) {
  const items = taskRows(state)
  return (
    <TablePanel
      area={area}
      title={listTitle(state, 'tasks', 'Tasks', items.length, all)}
      columns={columnsFor(state)}
      items={items}
      idOf={({ task }) => task.id}
      selectedId={selectedId(state, 'tasks')}
      isFocused={currentView(state).focus === 'tasks'}
      emptyText={emptyText(state, 'tasks', 'no tasks')}
      looks={looks}
    />
  )
}

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
