import type { Operation } from '../operations/operation.ts'
import type { Cluster } from '../swarm/cluster.ts'
import type { Happening } from '../swarm/happening.ts'
import { stackOf } from '../swarm/stack.ts'
import type { Screen } from './screen.ts'
import type { JournalEntry } from './state.ts'

/**
 * The screen of what an event is about, found by its name; null where it is gone, or where the event is about nothing
 * that has a screen.
 */
export function targetOfEvent(entry: JournalEntry, cluster: Cluster): Screen | null {
  if (entry.kind === 'happening') return targetOfHappening(entry.happening, cluster)
  return entry.kind === 'operation' ? targetOfOperation(entry.operation, cluster) : null
}

/** The screen of what an operation is done to; null where it is gone. */
export function targetOfOperation(operation: Operation, cluster: Cluster): Screen | null {
  if ('nodeId' in operation)
    return cluster.nodeById.has(operation.nodeId) ? { kind: 'node', nodeId: operation.nodeId } : null
  if ('serviceId' in operation) {
    const { serviceId } = operation
    return cluster.serviceById.has(serviceId) ? { kind: 'service', serviceId } : null
  }
  if (operation.kind === 'set-history-limit') return { kind: 'swarm' }
  const { stack } = operation
  return cluster.services.some(({ service }) => stackOf(service) === stack) ? { kind: 'stack', stack } : null
}

function targetOfHappening(happening: Happening, cluster: Cluster): Screen | null {
  if ('task' in happening) return slotCalled(happening.task, cluster)
  if ('service' in happening) return serviceCalled(happening.service, cluster)
  return nodeCalled(
    happening.kind === 'leader-changed' ? (happening.to ?? happening.from ?? '') : happening.node,
    cluster,
  )
}

/** No name of a service has a dot; that of a node may. */
function slotCalled(task: string, cluster: Cluster): Screen | null {
  const [serviceName = ''] = task.split('.', 1)
  const service = cluster.services.find(entry => entry.service.name === serviceName)
  const slot = service?.slots.find(({ name }) => name === task)
  if (service === undefined || slot === undefined) return serviceCalled(serviceName, cluster)
  return { kind: 'slot', serviceId: service.service.id, slot: slot.key }
}

function serviceCalled(name: string, { services }: Cluster): Screen | null {
  const found = services.find(({ service }) => service.name === name)
  return found === undefined ? null : { kind: 'service', serviceId: found.service.id }
}

function nodeCalled(name: string, { nodes }: Cluster): Screen | null {
  const found = nodes.find(node => node.name === name)
  return found === undefined ? null : { kind: 'node', nodeId: found.node.id }
}
