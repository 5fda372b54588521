import { type NetworkRow, networkFlags } from '../../app/rows/network-rows.ts'
import { labelWords } from '../../swarm/cli-words.ts'
import { ResourceTable } from '../resource-table.tsx'
import { span } from '../row.ts'
import type { Column } from '../table.ts'
import { PLAIN, QUIET, STRONG } from '../theme.ts'
import type { ScreenPanelProps } from './panel-props.ts'
import { usedByColumn } from './used-by-column.ts'

/** The networks that the engine at hand knows: the swarm's, and its own. */
export function NetworksPanel(props: ScreenPanelProps) {
  return (
    <ResourceTable
      {...props}
      panel="networks"
      resource={{ kind: 'networks' }}
      columns={COLUMNS}
      nothing="no networks yet: docker network create --driver overlay makes one"
    />
  )
}

const COLUMNS: readonly Column<NetworkRow>[] = [
  { name: 'name', title: 'NAME', rank: 0, least: 12, cell: ({ network }) => span(network.name, STRONG) },
  { name: 'driver', title: 'DRIVER', rank: 3, least: 8, cell: ({ network }) => span(network.driver) },
  {
    name: 'scope',
    title: 'SCOPE',
    rank: 4,
    cell: ({ network }) => span(network.scope, network.scope === 'swarm' ? PLAIN : QUIET),
  },
  { name: 'subnets', title: 'SUBNETS', rank: 2, least: 18, cell: ({ network }) => span(network.subnets.join(' ')) },
  {
    name: 'flags',
    title: 'FLAGS',
    rank: 5,
    least: 10,
    isOptional: true,
    cell: ({ network }) => span(networkFlags(network).join(' ')),
  },
  usedByColumn(1),
  { name: 'id', title: 'ID', rank: 6, least: 12, cell: ({ network }) => span(network.id.slice(0, 12), QUIET) },
  {
    name: 'labels',
    title: 'LABELS',
    rank: 7,
    least: 12,
    isOptional: true,
    cell: ({ network }) => span(labelWords(network.labels), QUIET),
  },
]
