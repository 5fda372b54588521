import type { PlannedMove } from '../operations/plan.ts'
import { matchesConstraints } from '../simulator/scheduler/constraints.ts'
import { isInvalid } from '../simulator/world/node.ts'
import { isReplicated, replicasOf, type Service } from '../simulator/world/service.ts'
import type { Swarm } from '../simulator/world/swarm.ts'
import { isLive, isTerminal, slotKey, type Task } from '../simulator/world/task.ts'
import { type Failures, isLooping } from './settled.ts'

/** One place in a service, by who is meant to be there: as read, after the operations, and had there been none. */
export type ComparedSlot = {
  readonly serviceId: string
  readonly key: string
  readonly sample: Task
  readonly first: readonly Task[]
  readonly last: readonly Task[]
  readonly alone: readonly Task[]
}

export type Tasks = Readonly<Record<string, Task>>

/** Slots that are another after the operations than they were. Objects are replaced when they change, and never changed. */
export function compareSlots(first: Tasks, last: Tasks, alone: Tasks | null): readonly ComparedSlot[] {
  const keys = new Set([...changedSlots(first, last), ...changedSlots(last, first)])
  const slots = {
    first: liveBySlot(first, keys),
    last: liveBySlot(last, keys),
    alone: liveBySlot(alone ?? first, keys),
  }
  return [...keys].flatMap(key => {
    const compared = {
      first: slots.first.get(key) ?? [],
      last: slots.last.get(key) ?? [],
      alone: slots.alone.get(key) ?? [],
    }
    const [sample] = [...compared.last, ...compared.first]
    if (sample === undefined || isSame(compared.first, compared.last)) return []
    const { serviceId, isBound, nodeId, slot } = sample
    return [{ ...compared, sample, serviceId, key: isBound ? nodeId : String(slot) }]
  })
}

function* changedSlots(some: Tasks, others: Tasks): Generator<string> {
  for (const id in some) {
    const task = some[id]
    if (task !== undefined && task !== others[id]) yield slotKey(task)
  }
}

function liveBySlot(tasks: Tasks, keys: ReadonlySet<string>): ReadonlyMap<string, readonly Task[]> {
  const slots = new Map<string, Task[]>()
  if (keys.size === 0) return slots
  for (const id in tasks) {
    const task = tasks[id]
    if (task === undefined || !isLive(task) || isTerminal(task)) continue
    const key = slotKey(task)
    if (keys.has(key)) slots.set(key, [...(slots.get(key) ?? []), task])
  }
  return slots
}

const isSame = (some: readonly Task[], others: readonly Task[]): boolean =>
  some.length === others.length && some.every(task => others.some(other => isSameTask(task, other)))

/** The same one, where it was; one that waited and has found a place is another. */
const isSameTask = (one: Task, other: Task): boolean => one.id === other.id && one.nodeId === other.nodeId

/**
 * Somebody is on a node now who was not before, or was and is not any more. Null where neither is so. Who fails again and
 * again is nobody.
 */
export function fateOf(
  slot: ComparedSlot,
  before: Swarm['services'],
  after: Swarm,
  failures: Failures,
): PlannedMove['fate'] | null {
  const placed = slot.first.find(({ nodeId }) => nodeId !== '')
  const newcomer = newcomerOf(slot)
  const found = newcomer !== undefined && isLooping(failures, newcomer) ? undefined : newcomer
  if (isRestless(slot)) return null
  if (placed === undefined) return found === undefined ? null : 'starts'
  if (slot.last.some(task => isSameTask(task, placed))) return null
  if (found !== undefined) return 'moves'
  return isWanted(slot, before, after) ? 'lost' : 'ends'
}

/** The one that is there now, on a node, and was not. */
export function newcomerOf({ first, last }: ComparedSlot): Task | undefined {
  return last.find(task => task.nodeId !== '' && !first.some(other => isSameTask(task, other)))
}

/** What is replaced again and again anyway is no consequence of anything. */
const isRestless = ({ first, alone }: ComparedSlot): boolean => !isSame(first, alone)

/** Whether somebody should be there, by what the service and the nodes are in the end. */
function isWanted({ sample, serviceId }: ComparedSlot, before: Swarm['services'], after: Swarm): boolean {
  const service = after.services[serviceId]
  if (service === undefined || service.job !== null) return false
  if (isReplicated(service)) return replicasOf(service) >= replicasBefore(before[serviceId], service)
  const node = after.nodes[sample.nodeId]
  const constraints = service.spec.TaskTemplate?.Placement?.Constraints ?? []
  return node !== undefined && !isInvalid(node) && matchesConstraints(constraints, node)
}

const replicasBefore = (before: Service | undefined, service: Service): number => replicasOf(before ?? service)

/** Who waits for a place in the end, where nobody did before, nor would have. */
export function waiterOf({ first, last, alone }: ComparedSlot): Task | null {
  const waiting = last.find(task => waitsForPlace(task) && task.status.error !== '')
  return waiting === undefined || first.some(waitsForPlace) || alone.some(waitsForPlace) ? null : waiting
}

export const waitsForPlace = ({ nodeId, status }: Task): boolean => nodeId === '' && status.state === 'pending'
