import { compareNaturally } from '../../rules/natural-order.ts'
import { isTerminal } from '../../rules/task-state.ts'
import type { Cluster, ClusterService } from '../../swarm/cluster.ts'
import { readNetworkList } from '../../swarm/read-network.ts'
import { isJob } from '../../swarm/service-mode.ts'
import { stackIn } from '../../swarm/stack.ts'
import { isUpdating } from '../../swarm/update-progress.ts'
import { findResource, type Resource } from '../resources.ts'
import type { State } from '../state.ts'
import { keepLastBy } from './keep-by.ts'
import type { RowSource } from './row-source.ts'
import { servicesByStack } from './service-rows.ts'

/** A stack by what its services are; Swarm itself knows no stacks, only labels. */
export type StackRow = {
  /** The stack's name; `''` for the services that are in none. */
  readonly id: string
  readonly services: readonly ClusterService[]
  /** Over all services but jobs, as `Cluster.running` and `.desired` are. */
  readonly running: number
  readonly desired: number
  /** Tasks that have not ended. */
  readonly tasks: number
  readonly short: readonly ClusterService[]
  /** Those with an update or a rollback that is not at its end. */
  readonly updating: readonly ClusterService[]
  /** Null until the networks have been read. */
  readonly networks: number | null
}

/** The stacks by name, and after them the services outside of any, where there are both. */
export const STACK_ROWS: RowSource<StackRow> = {
  all: stacksIn,
  idOf: ({ id }) => id,
  fieldsOf: ({ id, services }) => ({
    name: id,
    stack: id,
    service: services.map(({ service }) => service.name).join(' '),
    image: services.map(({ service }) => service.image).join(' '),
  }),
  columns: [
    { name: 'name', by: ({ id }) => id },
    { name: 'services', by: ({ services }) => services.length },
    { name: 'running', by: ({ running, desired }) => (desired === 0 ? 1 : running / desired) },
    { name: 'tasks', by: ({ tasks }) => tasks },
    { name: 'short', by: ({ short }) => short.length },
    { name: 'updating', by: ({ updating }) => updating.length },
    { name: 'networks', by: ({ networks }) => networks ?? -1 },
  ],
}

/** One stack, whether the list shows it or not; null where no service is in it. */
export const findStack = (state: State, stack: string): StackRow | null =>
  rowsOfState(state).find(({ id }) => id === stack) ?? null

function stacksIn(state: State): readonly StackRow[] {
  const rows = rowsOfState(state)
  return rows.length === 1 && rows[0]?.id === '' ? NONE : rows
}

const NONE: readonly StackRow[] = []

function rowsOfState(state: State): readonly StackRow[] {
  const cluster = state.reading?.cluster
  return cluster === undefined ? NONE : rowsIn(cluster, findResource(state, { kind: 'networks' }))
}

const rowsIn = keepLastBy((cluster: Cluster, resource: Resource | null): readonly StackRow[] => {
  const networks =
    resource === null || resource.readAt === null
      ? null
      : Map.groupBy(readNetworkList(resource.value), ({ labels }) => stackIn(labels))
  return [...servicesByStack(cluster)]
    .map(([id, services]) => rowOf(id, services, networks === null ? null : (networks.get(id)?.length ?? 0)))
    .toSorted((one, other) => Number(one.id === '') - Number(other.id === '') || compareNaturally(one.id, other.id))
})

function rowOf(id: string, services: readonly ClusterService[], networks: number | null): StackRow {
  const lasting = services.filter(({ service }) => !isJob(service))
  return {
    id,
    services,
    running: sum(lasting.map(({ running }) => running)),
    desired: sum(lasting.map(({ desired }) => desired)),
    tasks: sum(services.map(countTasks)),
    short: services.filter(({ isShort }) => isShort),
    updating: services.filter(({ service }) => isUpdating(service)),
    networks,
  }
}

const countTasks = ({ slots }: ClusterService): number =>
  sum(slots.map(({ tasks }) => tasks.filter(({ state }) => !isTerminal(state)).length))

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)
