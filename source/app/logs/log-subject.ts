import { counted } from '../../rules/counted.ts'
import type { Cluster } from '../../swarm/cluster.ts'
import type { LogSource } from '../../swarm/log-source.ts'
import { nameNode, nameTask } from '../../swarm/name-task.ts'
import { stackOf } from '../../swarm/stack.ts'
import type { Task } from '../../swarm/task.ts'
import { currentView } from '../current-view.ts'
import { keepBy } from '../rows/keep-by.ts'
import { selectedId } from '../rows/panel-rows.ts'
import { servicesByStack } from '../rows/service-rows.ts'
import type { LogSubject, View } from '../screen.ts'
import { selectedTask } from '../selected-task.ts'
import { shownSubject } from '../shown-service.ts'
import type { State } from '../state.ts'

/** Each source is a connection, over ssh a process here and two over there. */
const MOST_SOURCES = 20
const MOST_SSH_SOURCES = 5

/** Whose log a person means here: what is marked, else what is selected, else what the screen is about. Null: nothing's. */
export function subjectHere(state: State): LogSubject | null {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return null
  const view = currentView(state)
  const marked = view.marks[view.focus] ?? []
  if (marked.length > 0) return subjectOfMarks(cluster, view, marked)
  const task = selectedTask(state)
  if (task !== null) return { kind: 'task', taskId: task.id }
  const subject = shownSubject(state)
  if (subject?.kind === 'node') return subjectOfNode(cluster, subject.id)
  if (subject?.kind === 'service') return { kind: 'service', serviceId: subject.id }
  return subjectOfRow(cluster, view, selectedId(state, view.focus)) ?? subjectOfScreen(cluster, view)
}

/** What a log is a part of: of a task's its service, of a service's its stack. Null where it is a part of nothing. */
export function widerSubject(state: State, subject: LogSubject): LogSubject | null {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return null
  if (subject.kind === 'task') {
    const serviceId = taskById(cluster).get(subject.taskId)?.serviceId
    return serviceId === undefined ? null : { kind: 'service', serviceId }
  }
  if (subject.kind !== 'service') return null
  const service = cluster.serviceById.get(subject.serviceId)?.service
  const stack = service === undefined ? '' : stackOf(service)
  return stack === '' ? null : { kind: 'stack', stack }
}

function subjectOfMarks(cluster: Cluster, { focus, screen }: View, marked: readonly string[]): LogSubject | null {
  switch (focus) {
    case 'services':
    case 'matrix':
      return several(counted(marked.length, 'service'), marked.map(ofService))
    case 'tasks':
      return several(counted(marked.length, 'task'), marked.map(ofTask))
    case 'nodes':
      return several(
        `tasks on ${counted(marked.length, 'node')}`,
        marked.flatMap(id => runningOn(cluster, id)),
      )
    case 'stacks':
      return several(
        counted(marked.length, 'stack'),
        marked.flatMap(stack => servicesOf(cluster, stack)),
      )
    case 'slots':
    case 'lanes': {
      const service = 'serviceId' in screen ? cluster.serviceById.get(screen.serviceId) : undefined
      const slots = service?.slots.filter(({ key }) => marked.includes(key)) ?? []
      const sources = slots.flatMap(({ live, tasks }) => [live ?? tasks[0]].flatMap(task => task?.id ?? []))
      return several(counted(sources.length, 'slot'), sources.map(ofTask))
    }
    default:
      return null
  }
}

function subjectOfRow(cluster: Cluster, { focus }: View, id: string | null): LogSubject | null {
  if (id === null) return null
  if (focus === 'services' || focus === 'matrix' || focus === 'rebalance') return { kind: 'service', serviceId: id }
  if (focus === 'stacks') return { kind: 'stack', stack: id }
  return focus === 'nodes' ? subjectOfNode(cluster, id) : null
}

function subjectOfScreen(cluster: Cluster, { screen }: View): LogSubject | null {
  if (screen.kind === 'stack') return { kind: 'stack', stack: screen.stack }
  if (screen.kind === 'node') return subjectOfNode(cluster, screen.nodeId)
  return 'serviceId' in screen ? { kind: 'service', serviceId: screen.serviceId } : null
}

const subjectOfNode = (cluster: Cluster, nodeId: string): LogSubject | null =>
  several(`tasks on ${nameNode(nodeId, cluster)}`, runningOn(cluster, nodeId))

const several = (name: string, of: readonly LogSource[]): LogSubject | null =>
  of.length === 0 ? null : { kind: 'several', name, of }

const ofService = (serviceId: string): LogSource => ({ kind: 'service', serviceId })
const ofTask = (taskId: string): LogSource => ({ kind: 'task', taskId })

const runningOn = (cluster: Cluster, nodeId: string): readonly LogSource[] =>
  (cluster.nodeById.get(nodeId)?.tasks ?? []).filter(({ state }) => state === 'running').map(({ id }) => ofTask(id))

const servicesOf = (cluster: Cluster, stack: string): readonly LogSource[] =>
  (servicesByStack(cluster).get(stack) ?? []).map(({ service }) => ofService(service.id))

/** The streams that a log is made of, and how many there would be if there were no limit. */
export function sourcesOf(
  state: State,
  subject: LogSubject,
): { readonly sources: readonly LogSource[]; readonly all: number } {
  const all = allSources(state.reading?.cluster ?? null, subject)
  const isBySsh = (state.settings.hosts[state.polling.host] ?? '').startsWith('ssh://')
  return { sources: all.slice(0, isBySsh ? MOST_SSH_SOURCES : MOST_SOURCES), all: all.length }
}

function allSources(cluster: Cluster | null, subject: LogSubject): readonly LogSource[] {
  if (subject.kind === 'several') return subject.of
  if (subject.kind === 'stack') return cluster === null ? [] : servicesOf(cluster, subject.stack)
  return [subject]
}

/** What a log is called: `api`, `api.3`, `stack shop`, `3 services`. */
export function subjectName(state: State, subject: LogSubject): string {
  switch (subject.kind) {
    case 'service':
    case 'task':
      return sourceName(state, subject)
    case 'stack':
      return `stack ${subject.stack}`
    case 'several':
      return subject.name
  }
}

/** The ID of what is gone by now. */
export function sourceName(state: State, source: LogSource): string {
  const cluster = state.reading?.cluster
  if (source.kind === 'service') return cluster?.serviceById.get(source.serviceId)?.service.name || source.serviceId
  const task = cluster === undefined ? undefined : taskById(cluster).get(source.taskId)
  return task === undefined || cluster === undefined ? source.taskId : nameTask(task, cluster)
}

/** The tasks whose lines belong to a log. */
export function tasksOfLog(cluster: Cluster, sources: readonly LogSource[]): readonly Task[] {
  return sources.flatMap(source => {
    if (source.kind === 'task') return taskById(cluster).get(source.taskId) ?? []
    return (cluster.serviceById.get(source.serviceId)?.slots ?? []).flatMap(({ tasks }) => tasks)
  })
}

export const taskById = keepBy(
  ({ snapshot }: Cluster): ReadonlyMap<string, Task> => new Map(snapshot.tasks.map(task => [task.id, task])),
)
