import type { ApiReading } from '../api/info.ts'
import type { Operation } from '../operations/operation.ts'
import type {
  Plan,
  PlannedGap,
  PlannedLeader,
  PlannedMove,
  PlannedNode,
  PlannedUpdate,
  PlannedWait,
} from '../operations/plan.ts'
import { compareNaturally } from '../rules/natural-order.ts'
import { isReachable } from '../simulator/raft/reachability.ts'
import { isInvalid } from '../simulator/world/node.ts'
import type { UpdateStatus } from '../simulator/world/service.ts'
import { tasksOfService, tasksOfSlot } from '../simulator/world/store.ts'
import { isLive, slotKey, type Task } from '../simulator/world/task.ts'
import { nameNodes } from '../swarm/name-nodes.ts'
import { readNode } from '../swarm/read-node.ts'
import { type ComparedSlot, compareSlots, fateOf, newcomerOf, waiterOf, waitsForPlace } from './compare-slots.ts'
import type { Run } from './run.ts'
import { isLooping } from './settled.ts'
import type { Tally } from './tally.ts'

/**
 * Says what came of it: the first of the runs is what is told, the others tell what else may be. `alone`: the same time
 * without the operations; null where nothing would have happened.
 */
export function tellPlan(
  reading: ApiReading,
  operations: readonly Operation[],
  runs: readonly [Run, ...Run[]],
  alone: Run | null,
): Plan {
  const [run] = runs
  const names = nameNodes(reading.nodes.map(readNode))
  const teller: Teller = { runs, alone, names }
  const slots = compareSlots(run.copy.first.tasks, run.copy.swarm.tasks, alone?.copy.swarm.tasks ?? null)
    .map(slot => ({ slot, name: nameSlot(teller, slot) }))
    .toSorted(
      (one, other) =>
        compareNaturally(one.name.service, other.name.service) || compareNaturally(one.name.task, other.name.task),
    )
  return {
    operations,
    moves: slots.flatMap(({ slot, name }) => {
      const move = moveOf(teller, slot)
      return move === null ? [] : [{ ...name, ...move }]
    }),
    unplaced: slots.flatMap(({ slot, name }) => {
      const waiting = waiterOf(slot)
      return waiting === null ? [] : [{ ...name, reason: waiting.status.error, among: whoWaits(teller, waiting) }]
    }),
    gaps: gapsOf(teller),
    updates: updatesOf(teller),
    quorum: run.quorum,
    leader: leaderOf(teller),
    refused: run.refused,
    end: run.end,
    estimated: null,
  }
}

type Teller = {
  readonly runs: readonly [Run, ...Run[]]
  readonly alone: Run | null
  readonly names: ReadonlyMap<string, string>
}

type SlotName = Pick<PlannedMove, 'serviceId' | 'service' | 'slot' | 'task'>

function nameSlot(teller: Teller, { serviceId, key, sample }: ComparedSlot): SlotName {
  return { serviceId, service: sample.serviceName, slot: key, task: nameOf(teller, sample) }
}

function nameOf({ names }: Teller, { serviceId, serviceName, slot, isBound, nodeId }: Task): string {
  return `${serviceName || serviceId}.${isBound ? (names.get(nodeId) ?? nodeId) : slot}`
}

function moveOf(teller: Teller, slot: ComparedSlot): Pick<PlannedMove, 'fate' | 'from' | 'to'> | null {
  const [{ copy, failures }] = teller.runs
  const fate = fateOf(slot, copy.first.services, copy.swarm, failures)
  if (fate === null) return null
  const left = slot.first.find(({ nodeId }) => nodeId !== '')
  return {
    fate,
    from: left === undefined ? null : nodeNamed(teller, left.nodeId),
    to: fate === 'lost' || newcomerOf(slot) === undefined ? null : placesOf(teller, slotKey(slot.sample)),
  }
}

/** Of several that would do for one place any may get it: all that may be the ones that wait. */
function whoWaits(teller: Teller, waiting: Task): PlannedWait['among'] {
  const names = teller.runs.flatMap(({ copy }) =>
    tasksOfService(copy.swarm, waiting.serviceId)
      .filter(task => isLive(task) && waitsForPlace(task) && task.specVersion === waiting.specVersion)
      .map(task => nameOf(teller, task)),
  )
  const [first, ...others] = [...new Set(names)].toSorted(compareNaturally)
  return [first ?? nameOf(teller, waiting), ...others]
}

/** Where the slot may end up, in all that may happen. */
function placesOf(teller: Teller, key: string): PlannedMove['to'] {
  const places = new Set<string>()
  for (const { copy, choices } of teller.runs) {
    for (const task of tasksOfSlot(copy.swarm, key)) {
      const isNew = copy.first.tasks[task.id]?.nodeId !== task.nodeId
      if (!isNew || task.nodeId === '' || !isLive(task)) continue
      places.add(task.nodeId)
      // Who would have come to a node that has been emptied since has left it again.
      for (const nodeId of choices.get(task.id) ?? []) if (!isInvalid(copy.swarm.nodes[nodeId])) places.add(nodeId)
    }
  }
  const nodes = [...places].map(id => nodeNamed(teller, id))
  const [first, ...others] = nodes.toSorted((one, other) => compareNaturally(one.name, other.name))
  return first === undefined ? null : [first, ...others]
}

const nodeNamed = ({ names }: Teller, nodeId: string): PlannedNode => ({ nodeId, name: names.get(nodeId) ?? nodeId })

function gapsOf({ runs, alone }: Teller): readonly PlannedGap[] {
  const [run] = runs
  const gaps = [...run.tallies.values()].flatMap((tally): readonly PlannedGap[] => {
    const others = runs.map(({ tallies }) => tallies.get(tally.serviceId)?.lowest ?? tally.lowest)
    const gap = { ...tally, lowest: Math.min(tally.running, ...others), isForGood: staysShort(run, tally) }
    const same = alone?.tallies.get(tally.serviceId)
    if ((gap.gapFrom === null && !gap.isForGood) || isThereAnyway(gap, alone, same)) return []
    const { serviceId, service, desired, lowest, gapFrom, gapUntil, isForGood } = gap
    const forMs = isForGood || gapFrom === null || gapUntil === null ? null : gapUntil - gapFrom
    return [{ serviceId, service: service.spec.Name ?? '', desired, lowest, forMs }]
  })
  return gaps.toSorted((one, other) => lengthOf(other) - lengthOf(one) || compareNaturally(one.service, other.service))
}

/** In the end fewer run than should, or one of them only until it fails again. */
function staysShort({ copy, failures }: Run, { serviceId, running, desired }: Tally): boolean {
  if (running < desired || failures.size === 0) return running < desired
  const slots = Map.groupBy(tasksOfService(copy.swarm, serviceId).filter(isLive), slotKey)
  return [...slots.values()].some(tasks => tasks.every(task => isLooping(failures, task)))
}

/** As much is missing where nobody does anything: for good, or for a while. */
function isThereAnyway(
  gap: Tally & { readonly isForGood: boolean },
  alone: Run | null,
  same: Tally | undefined,
): boolean {
  const { running, desired, lowest } =
    alone === null || same === undefined ? { ...gap.atFirst, lowest: gap.atFirst.running } : same
  if (desired !== gap.desired) return false
  if (!gap.isForGood) return lowest <= gap.lowest
  const isShort = alone === null || same === undefined ? running < desired : staysShort(alone, same)
  return isShort && running <= gap.running
}

const lengthOf = ({ forMs }: PlannedGap): number => forMs ?? Number.POSITIVE_INFINITY

function updatesOf({ runs, alone }: Teller): readonly PlannedUpdate[] {
  const [{ copy, failed }] = runs
  return Object.values(copy.swarm.services).flatMap((service): readonly PlannedUpdate[] => {
    const { updateStatus: status, id, spec } = service
    const before = copy.first.services[id]?.updateStatus ?? null
    const same = alone?.copy.swarm.services[id]?.updateStatus ?? null
    if (status === null || isSameStatus(status, before) || isSameStatus(status, same)) return []
    return [
      {
        serviceId: id,
        service: spec.Name ?? '',
        state: STATES[status.state],
        message: nameTasks(status.message, failed),
      },
    ]
  })
}

function isSameStatus(one: UpdateStatus, other: UpdateStatus | null): boolean {
  return other !== null && one.state === other.state && one.startedAt === other.startedAt
}

const STATES = {
  updating: 'unfinished',
  rollback_started: 'unfinished',
  paused: 'paused',
  completed: 'completed',
  rollback_paused: 'rollback_paused',
  rollback_completed: 'rollback_completed',
} as const satisfies Record<UpdateStatus['state'], PlannedUpdate['state']>

/** The ID is of a task of the copy, and no other will ever have it. */
function nameTasks(message: string, tasks: ReadonlyMap<string, Task>): string {
  return message.replace(/\b[0-9a-z]{25}\b/, id => {
    const task = tasks.get(id)
    return task === undefined ? id : `${task.serviceName}.${task.slot}`
  })
}

/** A leader that is demoted hands over to whichever manager it thinks best. */
function leaderOf(teller: Teller): PlannedLeader | null {
  const [{ copy, leader }] = teller.runs
  const { world, swarm } = copy
  if (leader.before === leader.after || leader.before === '') return null
  const heirs = Object.keys(swarm.raft.members).filter(
    id => isReachable(world, swarm, id) && swarm.nodes[id] !== undefined,
  )
  const [first, ...others] = heirs
    .filter(id => id !== leader.before)
    .map(id => nodeNamed(teller, id))
    .toSorted((one, other) => compareNaturally(one.name, other.name))
  return {
    from: nodeNamed(teller, leader.before),
    to: leader.after === '' || first === undefined ? null : [first, ...others],
  }
}
