import { ResourceTable } from '../resource-table.tsx'
import type { ScreenPanelProps } from './panel-props.ts'
import { secretColumns } from './secret-columns.ts'

/** The configs of the swarm; their text is shown by inspect. */
export function ConfigsPanel(props: ScreenPanelProps) {
  return (
    <ResourceTable
      {...props}
      panel="configs"
      resource={{ kind: 'configs' }}
      columns={secretColumns(props.state)}
      nothing="no configs yet: docker config create makes one"
    />
  )
}
