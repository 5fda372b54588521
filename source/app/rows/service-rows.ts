import type { Cluster, ClusterService } from '../../swarm/cluster.ts'
import { stackOf } from '../../swarm/stack.ts'
import { currentView } from '../current-view.ts'
import type { State } from '../state.ts'
import { keepBy } from './keep-by.ts'
import { labelField, type RowSource } from './row-source.ts'

/** In the order of `docker service ls`; on the screen of a stack only its own. */
export const SERVICE_ROWS: RowSource<ClusterService> = {
  all: servicesShown,
  idOf: ({ service }) => service.id,
  fieldsOf: ({ service }) => ({
    name: service.name,
    service: service.name,
    stack: stackOf(service),
    mode: service.mode.kind,
    image: service.image,
    state: service.update?.state ?? '',
    label: labelField(service.labels),
  }),
  columns: [
    { name: 'name', by: ({ service }) => service.name },
    { name: 'mode', by: ({ service }) => service.mode.kind },
    { name: 'replicas', by: ({ running, desired }) => (desired === 0 ? 1 : running / desired) },
    { name: 'image', by: ({ service }) => service.image },
    { name: 'update', by: ({ service }) => service.update?.state ?? '~' },
    { name: 'ports', by: ({ service }) => service.ports[0]?.published ?? 0 },
    { name: 'labels', by: ({ service }) => labelField(service.labels) },
  ],
}

function servicesShown(state: State): readonly ClusterService[] {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return []
  const { screen } = currentView(state)
  return screen.kind === 'stack' ? (servicesByStack(cluster).get(screen.stack) ?? NONE) : cluster.services
}

const NONE: readonly ClusterService[] = []

/** The services of each stack; `''` holds those that are in none. */
export const servicesByStack = keepBy(
  (cluster: Cluster): ReadonlyMap<string, readonly ClusterService[]> =>
    Map.groupBy(cluster.services, ({ service }) => stackOf(service)),
)
