import { span } from '../row.ts'
import { StateTable } from '../state-table.tsx'
import { STRONG } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'

export function NetworksPanel(props: ScreenPanelProps) {
  return (
    <StateTable
      {...props}
      panel="networks"
      columns={[{ name: 'name', title: 'NAME', rank: 0, cell: ({ name }) => span(name, STRONG) }]}
      nothing="no networks"
    />
  )
}
