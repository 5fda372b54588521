import { rowsOf } from '../../app/rows/panel-rows.ts'
import type { StackRow } from '../../app/rows/stack-rows.ts'
import { updateWords } from '../../swarm/cli-words.ts'
import type { ClusterService } from '../../swarm/cluster.ts'
import { span } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import type { Column } from '../table.ts'
import { DANGER, GOOD, glyphsOf, type Looks, QUIET, STRONG, WARNING } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** The stacks, as `docker stack ls` lists them and with how they do. */
export function StacksPanel(props: ScreenPanelProps) {
  const { state, looks } = props
  const short = rowsOf(state, 'stacks').filter(row => row.short.length > 0).length
  return (
    <StateTable
      {...props}
      panel="stacks"
      note={short > 0 ? [span(`${glyphsOf(looks).warning} short of desired ${short}`, WARNING)] : []}
      columns={columnsFor(looks)}
      nothing="no stacks yet: docker stack deploy makes one"
    />
  )
}

function columnsFor(looks: Looks): readonly Column<StackRow>[] {
  return [
    { name: 'name', title: 'NAME', rank: 0, least: 12, cell: ({ id }) => nameCell(id) },
    {
      name: 'services',
      title: 'SERVICES',
      rank: 2,
      isRight: true,
      cell: ({ services }) => span(String(services.length)),
    },
    { name: 'running', title: 'RUNNING', rank: 1, isRight: true, cell: row => runningCell(row, looks) },
    { name: 'tasks', title: 'TASKS', rank: 5, isRight: true, cell: ({ tasks }) => span(String(tasks)) },
    {
      name: 'networks',
      title: 'NETWORKS',
      rank: 6,
      isRight: true,
      cell: ({ networks }) => (networks === null ? span('…', QUIET) : span(String(networks))),
    },
    {
      name: 'short',
      title: 'SHORT',
      rank: 3,
      least: 10,
      isOptional: true,
      cell: ({ id, short }) => span(short.map(entry => sayShort(entry, id)).join(', '), WARNING),
    },
    {
      name: 'updating',
      title: 'UPDATES',
      rank: 4,
      least: 10,
      isOptional: true,
      cell: ({ id, updating }) => span(updating.map(entry => sayUpdate(entry, id)).join(', '), WARNING),
    },
  ]
}

const nameCell = (stack: string) => (stack === '' ? span('(in no stack)', QUIET) : span(stack, STRONG))

const sayShort = ({ service, running, desired }: ClusterService, stack: string): string =>
  `${nameInStack(service.name, stack)} ${running}/${desired}`

const sayUpdate = ({ service }: ClusterService, stack: string): string =>
  `${nameInStack(service.name, stack)} ${service.update === null ? '' : updateWords(service.update)}`

/** Every service of a stack begins with its name. */
const nameInStack = (name: string, stack: string): string =>
  stack !== '' && name.startsWith(`${stack}_`) ? name.slice(stack.length + 1) : name

function runningCell({ running, desired, short }: StackRow, looks: Looks) {
  const words = `${running}/${desired}`
  if (short.length === 0) return span(words, GOOD)
  return span(`${glyphsOf(looks).warning} ${words}`, running === 0 ? DANGER : WARNING)
}
