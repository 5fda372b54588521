import { type Lock, lockOf } from '../../operations/maintenance/lock.ts'
import type { MaintainedNode } from '../../operations/maintenance/maintenance.ts'
import type { Cluster, ClusterNode } from '../../swarm/cluster.ts'
import type { Course } from '../maintenance/maintaining.ts'
import { keepLastBy } from './keep-by.ts'
import type { RowSource } from './row-source.ts'

/** A node of the maintenance; or, where none is under way here, one that bears somebody's lock. */
export type MaintenanceRow = {
  readonly nodeId: string
  readonly name: string
  /** Null where the node is no longer in the swarm. */
  readonly entry: ClusterNode | null
  /** Null where nothing but the lock is known of it. */
  readonly node: MaintainedNode | null
  readonly lock: Lock | null
}

/** In the order in which they come. */
export const MAINTENANCE_ROWS: RowSource<MaintenanceRow> = {
  all: ({ reading, maintaining }) => (reading === null ? NONE : rowsFor(reading.cluster, maintaining.course)),
  idOf: ({ nodeId }) => nodeId,
  fieldsOf: ({ name, entry, node }) => ({
    name,
    node: name,
    state: entry?.node.state ?? '',
    availability: entry?.node.availability ?? '',
    step: node?.step ?? '',
  }),
  columns: [
    { name: 'node', by: ({ name }) => name },
    { name: 'role', by: ({ entry }) => entry?.node.role ?? '' },
    { name: 'status', by: ({ entry }) => entry?.node.state ?? '' },
    { name: 'avail', by: ({ entry }) => entry?.node.availability ?? '' },
    { name: 'tasks', by: ({ entry }) => entry?.running ?? 0 },
    { name: 'step', by: ({ node }) => node?.step ?? '' },
    { name: 'checks', by: () => 0 },
  ],
}

const NONE: readonly MaintenanceRow[] = []

const rowsFor = keepLastBy((cluster: Cluster, course: Course | null): readonly MaintenanceRow[] =>
  course === null ? lockedRows(cluster) : courseRows(course, cluster),
)

function lockedRows({ nodes }: Cluster): readonly MaintenanceRow[] {
  return nodes.flatMap(entry => {
    const lock = lockOf(entry.node)
    return lock === null ? [] : [{ nodeId: entry.node.id, name: entry.name, entry, node: null, lock }]
  })
}

function courseRows({ maintenance }: Course, { nodeById }: Cluster): readonly MaintenanceRow[] {
  return maintenance.nodes.map(node => {
    const entry = nodeById.get(node.nodeId) ?? null
    const lock = entry === null ? null : lockOf(entry.node)
    return { nodeId: node.nodeId, name: entry?.name ?? node.name, entry, node, lock }
  })
}
