import type { ApiTask } from '../../api/task.ts'
import { TASK_STATES } from '../../rules/task-state.ts'
import { findNode, findService, findTask } from '../control-api/find.ts'
import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { isTaskDirty } from '../orchestrator/is-task-dirty.ts'
import { tasksOfNode, tasksOfService } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { type ClusterCall, json, type Result, resultOf } from './call.ts'
import { type Filters, hasLabel, meets, readFilters } from './filters.ts'
import { formatTime } from './time.ts'

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
  return json(tasks.map(task => renderTask(world, task)))
}

export function inspectTask(call: ClusterCall): Result {
  return resultOf(findTask(call.swarm, call.id), task => json(renderTask(call.world, task)))
}

/** Services and nodes may be named; what cannot be found is an error. */
function resolve(swarm: Swarm, filters: Filters): Answer<Filters> {
  const wrongState = filters['desired-state']?.find(state => !TASK_STATES.some(known => known === state))
  if (wrongState !== undefined) return refused(500, `Invalid desired-state filter: '${wrongState}'`)
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
    meets(filters, 'label', label => hasLabel(task.serviceLabels, label)) &&
    meets(filters, 'desired-state', state => task.desired === state) &&
    meets(filters, 'runtime', runtime => runtime === 'container') &&
    meets(filters, '_up-to-date', () => isUpToDate(swarm, task))
  )
}

function isUpToDate(swarm: Swarm, task: Task): boolean {
  const service = swarm.services[task.serviceId]
  return service !== undefined && !isTaskDirty(service, task, swarm.nodes[task.nodeId])
}

/** Source: moby/moby daemon/cluster/convert/task.go */
function renderTask(world: World, task: Task): ApiTask & { readonly Volumes: null } {
  const { status } = task
  return {
    ID: task.id,
    Version: { Index: task.version },
    CreatedAt: formatTime(world, task.createdAt),
    UpdatedAt: formatTime(world, task.updatedAt),
    Labels: {},
    Spec: task.spec,
    ServiceID: task.serviceId,
    ...(task.slot !== 0 && { Slot: task.slot }),
    ...(task.nodeId !== '' && { NodeID: task.nodeId }),
    Status: {
      Timestamp: formatTime(world, status.at),
      State: status.state,
      Message: status.message,
      ...(status.error !== '' && { Err: status.error }),
      ...(status.container !== null && {
        ContainerStatus: {
          ContainerID: status.container.id,
          PID: status.container.pid,
          ExitCode: status.container.exitCode,
        },
      }),
      PortStatus: status.ports.length > 0 ? { Ports: status.ports } : {},
    },
    DesiredState: task.desired,
    Volumes: null,
  }
}
