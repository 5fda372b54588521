import { assertNever } from '../rules/assert-never.ts'
import type { Slot } from './cluster.ts'
import { findEligible } from './find-eligible.ts'
import { emptySlot, explainEnd, joinSlot, type Places } from './join-slot.ts'
import type { Service } from './service.ts'
import type { Task } from './task.ts'

/**
 * The slots of a service, those that are empty though they should not be among them: by number, or for a global
 * service by node. Of a job only the tasks of the present iteration count; older ones are history.
 */
export function joinSlots(service: Service, tasks: readonly Task[], places: Places): readonly Slot[] {
  switch (service.mode.kind) {
    case 'replicated':
      return replicatedSlots(service, tasks, places, service.mode.replicas)
    case 'global':
      return globalSlots(service, tasks, places)
    case 'replicated-job':
      return numberedSlots(service, tasks, places).map(slot => explainFailure(service, slot))
    case 'global-job':
      return nodeSlots(service, tasks, places, NONE).map(slot => explainFailure(service, slot))
    default:
      return assertNever(service.mode)
  }
}

function replicatedSlots(service: Service, tasks: readonly Task[], places: Places, replicas: number): readonly Slot[] {
  const slots = numberedSlots(service, tasks, places)
  let missing = replicas - slots.filter(slot => slot.live !== null).length
  const explained = slots.map(slot => {
    const isMissed = slot.live === null && slot.tasks[0]?.desired !== 'remove' && missing > 0
    if (isMissed) missing--
    return isMissed ? explainEnd(slot) : slot
  })
  if (missing <= 0) return explained

  const used = new Set(slots.map(slot => slot.number))
  const empty: Slot[] = []
  for (let number = 1; empty.length < Math.min(missing, MOST_EMPTY_SLOTS); number++) {
    if (!used.has(number)) empty.push(emptySlot(String(number), `${service.name}.${number}`, number))
  }
  return [...explained, ...empty].toSorted((a, b) => a.number - b.number)
}

/** A spec may ask for more replicas than anybody could look at, and the orchestrator may be gone. */
const MOST_EMPTY_SLOTS = 1_000

/**
 * Without the daemon's own count every eligible node should have a task. With it, only a task that failed is missed:
 * the daemon knows better than we do where nothing is to come, as after a restart condition of none.
 */
function globalSlots(service: Service, tasks: readonly Task[], places: Places): readonly Slot[] {
  const eligible = new Set(findEligible(service, places.nodes).map(({ node }) => node.id))
  const isCounted = service.status !== null
  return nodeSlots(service, tasks, places, isCounted ? NONE : eligible).map(slot => {
    const isMissed = !isCounted || FAILURES.has(slot.tasks[0]?.state ?? '')
    return isMissed && eligible.has(slot.key) ? explainEnd(slot) : slot
  })
}

const NONE: ReadonlySet<string> = new Set()

function numberedSlots(service: Service, tasks: readonly Task[], places: Places): readonly Slot[] {
  return [...Map.groupBy(tasks, task => task.slot)]
    .toSorted(([a], [b]) => a - b)
    .map(([number, inSlot]) => joinSlot(service, inSlot, places, String(number), `${service.name}.${number}`, number))
}

/** In the order of the nodes; those that have been removed come last. `alsoEmpty`: nodes that should have a slot. */
function nodeSlots(
  service: Service,
  tasks: readonly Task[],
  places: Places,
  alsoEmpty: ReadonlySet<string>,
): readonly Slot[] {
  const tasksByNode = Map.groupBy(tasks, task => task.nodeId)
  const slots: Slot[] = []
  for (const { node, name } of places.nodes) {
    const inSlot = tasksByNode.get(node.id)
    tasksByNode.delete(node.id)
    if (inSlot !== undefined) slots.push(joinSlot(service, inSlot, places, node.id, `${service.name}.${name}`, 0))
    else if (alsoEmpty.has(node.id)) slots.push(emptySlot(node.id, `${service.name}.${name}`, 0))
  }
  const removed = [...tasksByNode].map(([id, inSlot]) =>
    joinSlot(service, inSlot, places, id, `${service.name}.${id}`, 0),
  )
  return [...slots, ...removed]
}

/** A place of a job may be empty because its turn has not come, or because it belongs to an older iteration. */
function explainFailure(service: Service, slot: Slot): Slot {
  const [last] = slot.tasks
  const hasFailed = last !== undefined && last.jobIteration === service.jobIteration && FAILURES.has(last.state)
  return hasFailed && last.desired !== 'remove' ? explainEnd(slot) : slot
}

const FAILURES: ReadonlySet<string> = new Set(['failed', 'rejected'])
