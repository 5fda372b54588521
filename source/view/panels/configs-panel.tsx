import { span } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import { STRONG } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

export function ConfigsPanel(props: ScreenPanelProps) {
  return (
    <StateTable
      {...props}
      panel="configs"
      columns={[{ name: 'name', title: 'NAME', rank: 0, cell: ({ name }) => span(name, STRONG) }]}
      nothing="no configs yet"
    />
  )
}
