import { ResourceTable } from '../resource-table.tsx'
import type { ScreenPanelProps } from './panel-props.ts'
import { secretColumns } from './secret-columns.ts'

/** The secrets of the swarm. Nobody can read what is in them, and who uses them is what there is to know. */
export function SecretsPanel(props: ScreenPanelProps) {
  return (
    <ResourceTable
      {...props}
      panel="secrets"
      resource={{ kind: 'secrets' }}
      columns={secretColumns(props.state)}
      nothing="no secrets yet: docker secret create makes one"
    />
  )
}
