import { lockOf } from '../../operations/maintenance/lock.ts'
import type { ClusterNode } from '../../swarm/cluster.ts'
import { labelField, type RowSource } from './row-source.ts'

/** In the order of `docker node ls`. */
export const NODE_ROWS: RowSource<ClusterNode> = {
  all: state => state.reading?.cluster.nodes ?? [],
  idOf: ({ node }) => node.id,
  fieldsOf: ({ node, name }) => ({
    name,
    node: name,
    state: node.state,
    availability: node.availability,
    role: node.role,
    image: node.engineVersion,
    label: labelField(node.labels),
  }),
  columns: [
    { name: 'hostname', by: ({ name }) => name },
    { name: 'status', by: ({ node }) => node.state },
    { name: 'avail', by: ({ node }) => node.availability },
    { name: 'manager', by: ({ node }) => (node.manager?.isLeader ? '0' : (node.manager?.reachability ?? '~')) },
    { name: 'tasks', by: ({ running }) => running },
    { name: 'rsvd', by: ({ reservedShare }) => reservedShare ?? -1 },
    { name: 'maintenance', by: ({ node }) => lockOf(node)?.by ?? '~' },
    { name: 'engine', by: ({ node }) => node.engineVersion },
    { name: 'address', by: ({ node }) => node.address },
    { name: 'platform', by: ({ node }) => `${node.platform.os}/${node.platform.architecture}` },
    { name: 'labels', by: ({ node }) => labelField(node.labels) },
  ],
}
