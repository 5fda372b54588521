import { TASK_STATES } from '../../rules/task-state.ts'
import { findNode, findService, findTask } from '../control-api/find.ts'
import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { isTaskDirty } from '../orchestrator/is-task-dirty.ts'
import { tasksOfNode, tasksOfService } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import { type ClusterCall, json, type Result, resultOf } from './call.ts'
import { type Filters, meets, meetsLabels, readFilters } from './filters.ts'
import { renderTask } from './render-task.ts'

const FILTERS = ['id', 'name', 'service', 'node', 'label', 'desired-state', 'runtime', '_up-to-date']

export function listTasks(call: ClusterCall): Result {
  const { world, swarm } = call
  const filters = readFilters(call, FILTERS)
  if (!filters.ok) return resultOf(filters, json)
  const resolved = resolve(swarm, filters.value)
  if (!resolved.ok) return resultOf(resolved, json)
  const tasks = candidates(swarm, resolved.value)
    .filter(task => passes(swarm, resolved.value, task))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return json(tasks.map(task => renderTask(world, swarm, task)))
}

export function inspectTask(call: ClusterCall): Result {
  return resultOf(findTask(call.swarm, call.id), task => json(renderTask(call.world, call.swarm, task)))
}

/** Services and nodes may be named; what cannot be found is an error. */
function resolve(swarm: Swarm, filters: Filters): Answer<Filters> {
  const resolved: Record<string, readonly string[]> = { ...filters }
  for (const [key, find] of [['service', findService] as const, ['node', findNode] as const]) {
    const ids = new Set<string>()
    for (const text of filters[key] ?? []) {
      const found = find(swarm, text)
      if (!found.ok) return found
      ids.add(found.value.id)
    }
    resolved[key] = [...ids]
  }
  const states = (filters['desired-state'] ?? []).filter(state => state !== '')
  const wrong = states.find(state => !TASK_STATES.some(known => known === state.toLowerCase()))
  if (wrong !== undefined) return refused(500, `Invalid desired-state filter: '${wrong}'`)
  resolved['desired-state'] = states.map(state => state.toLowerCase())
  return granted(resolved)
}

/** Clients poll the tasks of one service or node: there is no need to look at all of them. */
function candidates(swarm: Swarm, filters: Filters): readonly Task[] {
  if ((filters.service ?? []).length > 0) return filters.service?.flatMap(id => tasksOfService(swarm, id)) ?? []
  if ((filters.node ?? []).length > 0) return filters.node?.flatMap(id => tasksOfNode(swarm, id)) ?? []
  return Object.values(swarm.tasks)
}

function passes(swarm: Swarm, filters: Filters, task: Task): boolean {
  return (
    meets(filters, 'id', id => task.id.startsWith(id)) &&
    meets(filters, 'name', name => `${task.serviceName}.${task.slot || task.nodeId}.${task.id}`.startsWith(name)) &&
    meets(filters, 'service', id => task.serviceId === id) &&
    meets(filters, 'node', id => task.nodeId === id) &&
    meetsLabels(filters, 'label', task.serviceLabels) &&
    meets(filters, 'desired-state', state => task.desired === state) &&
    meets(filters, 'runtime', runtime => runtime === 'container') &&
    meets(filters, '_up-to-date', () => isUpToDate(swarm, task))
  )
}

function isUpToDate(swarm: Swarm, task: Task): boolean {
  const service = swarm.services[task.serviceId]
  return service !== undefined && !isTaskDirty(service, task, swarm.nodes[task.nodeId])
}
