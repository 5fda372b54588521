import { assertNever } from '../rules/assert-never.ts'
import type { Cluster, ClusterNode, ClusterService, Slot } from '../swarm/cluster.ts'
import { nameTask } from '../swarm/name-task.ts'
import type { Task } from '../swarm/task.ts'
import { type Filter, NO_FILTER, passesFilter } from './filter.ts'
import { describeEntry } from './journal-words.ts'
import type { JournalEntry, Panel, State, View } from './state.ts'

/** The view on top of the stack. */
export function currentView(state: State): View {
  const view = state.navigation.stack.at(-1)
  if (view === undefined) throw new Error('The stack of views is never empty')
  return view
}

/** The rows of a list as they stand on the screen, in order and filtered. Moving and drawing both ask here. */
export function nodeRows(state: State): readonly ClusterNode[] {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return []
  const filter = filterOf(state, 'nodes')
  if (filter.terms.length === 0) return cluster.nodes
  return cluster.nodes.filter(entry => passesFilter(filter, nodeFields(entry)))
}

/** Services in the order of `docker service ls`, filtered. */
export function serviceRows(state: State): readonly ClusterService[] {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return []
  const filter = filterOf(state, 'services')
  if (filter.terms.length === 0) return cluster.services
  return cluster.services.filter(entry => passesFilter(filter, serviceFields(entry)))
}

/** The slots of the service that is looked at; on its own screen filtered, below the overview's list whole. */
export function slotRows(state: State): readonly Slot[] {
  const cluster = state.reading?.cluster
  const entry = shownService(state)
  if (cluster === undefined || entry === null) return []
  const filter = filterOf(state, 'slots')
  if (filter.terms.length === 0) return entry.slots
  return entry.slots.filter(slot => {
    const newest = slot.live ?? slot.tasks[0]
    return newest === undefined || passesFilter(filter, taskFields(cluster, newest, slot.name))
  })
}

/** A row of a task table in the order of `docker service ps`; a row of history stands below a newer one of its slot. */
export type TaskRow = { readonly task: Task; readonly name: string; readonly isHistory: boolean }

/** The tasks of the node or of the service whose screen is open, filtered. */
export function taskRows(state: State): readonly TaskRow[] {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return []
  const filter = filterOf(state, 'tasks')
  const rows = allTaskRows(state, cluster)
  return filter.terms.length === 0
    ? rows
    : rows.filter(row => passesFilter(filter, taskFields(cluster, row.task, row.name)))
}

function allTaskRows(state: State, cluster: Cluster): readonly TaskRow[] {
  const { screen } = currentView(state)
  switch (screen.kind) {
    case 'service':
      return (cluster.serviceById.get(screen.serviceId)?.slots ?? []).flatMap(slot =>
        slot.tasks.map((task, index) => ({ task, name: slot.name, isHistory: index > 0 })),
      )
    case 'node':
      return markHistory(cluster, cluster.nodeById.get(screen.nodeId)?.tasks ?? [])
    case 'overview':
    case 'nodes':
    case 'services':
    case 'events':
      return []
    default:
      return assertNever(screen)
  }
}

function markHistory(cluster: Cluster, tasks: readonly Task[]): readonly TaskRow[] {
  let above = ''
  return tasks.map(task => {
    const name = nameTask(task, cluster)
    const isHistory = name === above
    above = name
    return { task, name, isHistory }
  })
}

/** The events of the cluster and our own, the newest first. */
export function eventRows(state: State): readonly JournalEntry[] {
  const filter = filterOf(state, 'events')
  if (filter.terms.length === 0) return state.journal.toReversed()
  return state.journal.filter(entry => passesFilter(filter, { name: describeEntry(entry).text })).toReversed()
}

/** The service whose slots are shown: the one of its own screen, or the one selected in the list. */
export function shownService(state: State): ClusterService | null {
  const { screen } = currentView(state)
  if (screen.kind === 'service') return state.reading?.cluster.serviceById.get(screen.serviceId) ?? null
  const id = selectedId(state, 'services')
  return id === null ? null : (state.reading?.cluster.serviceById.get(id) ?? null)
}

/** The identities of a panel's rows, in order. */
export function rowIds(state: State, panel: Panel): readonly string[] {
  switch (panel) {
    case 'nodes':
      return nodeRows(state).map(entry => entry.node.id)
    case 'services':
      return serviceRows(state).map(entry => entry.service.id)
    case 'slots':
      return slotRows(state).map(slot => slot.key)
    case 'tasks':
      return taskRows(state).map(row => row.task.id)
    case 'events':
      return eventRows(state).map(entry => String(entry.number))
    default:
      return assertNever(panel)
  }
}

/** The selected row of a panel by its identity: the one chosen while it is there, else the first; `null` when empty. */
export function selectedId(state: State, panel: Panel): string | null {
  const ids = rowIds(state, panel)
  const chosen = currentView(state).selection[panel]
  return chosen !== undefined && ids.includes(chosen) ? chosen : (ids[0] ?? null)
}

/** A view's filter narrows the panel that has the focus; what stands beside it for context stays whole. */
function filterOf(state: State, panel: Panel): Filter {
  const view = currentView(state)
  return view.focus === panel ? view.filter : NO_FILTER
}

function nodeFields({ node, name }: ClusterNode) {
  return {
    name,
    node: name,
    state: node.state,
    availability: node.availability,
    role: node.role,
    image: node.engineVersion,
    label: Object.entries(node.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(' '),
  }
}

function serviceFields({ service }: ClusterService) {
  return {
    name: service.name,
    service: service.name,
    mode: service.mode.kind,
    image: service.image,
    state: service.update?.state ?? '',
    label: Object.entries(service.labels)
      .map(([key, value]) => `${key}=${value}`)
      .join(' '),
  }
}

function taskFields(cluster: Cluster, task: Task, name: string) {
  return {
    name,
    node: cluster.nodeById.get(task.nodeId)?.name ?? task.nodeId,
    service: cluster.serviceById.get(task.serviceId)?.service.name ?? '',
    state: task.state,
    image: task.image,
    slot: String(task.slot),
    error: task.error,
  }
}
