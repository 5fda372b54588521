import type { ContextRow } from '../../app/rows/context-rows.ts'
import type { State } from '../../app/state.ts'
import { span } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import type { Column } from '../table.ts'
import { DANGER, GOOD, PLAIN, QUIET, STRONG } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** The docker contexts: which one is looked through, which one `docker` would use (`*`), and what is wrong with any. */
export function ContextsPanel(props: ScreenPanelProps) {
  const { contexts } = props.state
  return (
    <StateTable
      {...props}
      panel="contexts"
      columns={columnsFor(props.state)}
      nothing={contexts?.list == null ? 'reading the docker contexts' : 'there are no docker contexts'}
      note={[span('Enter changes to one', QUIET)]}
    />
  )
}

function columnsFor({ settings }: State): readonly Column<ContextRow>[] {
  const isHere = ({ name }: ContextRow) => name === settings.source.context
  return [
    {
      name: 'name',
      title: 'NAME',
      rank: 0,
      least: 16,
      cell: context => span(`${context.name}${context.isCurrent ? ' *' : ''}`, isHere(context) ? STRONG : PLAIN),
    },
    { name: 'here', title: '', rank: 1, isOptional: true, cell: context => span(isHere(context) ? 'here' : '', GOOD) },
    {
      name: 'endpoint',
      title: 'DOCKER ENDPOINT',
      rank: 2,
      least: 16,
      keepsEnds: true,
      cell: ({ endpoint }) => span(endpoint),
    },
    {
      name: 'description',
      title: 'DESCRIPTION',
      rank: 4,
      least: 12,
      cell: ({ description }) => span(description, QUIET),
    },
    {
      name: 'error',
      title: 'ERROR',
      rank: 3,
      least: 16,
      isOptional: true,
      cell: ({ problem }) => span(problem, DANGER),
    },
  ]
}
