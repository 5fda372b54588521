import type { ApiReading } from '../api/info.ts'
import type { Operation } from '../operations/operation.ts'
import type { Plan, PlannedGap, PlannedLeader, PlannedMove, PlannedNode, PlannedUpdate } from '../operations/plan.ts'
import { compareNaturally } from '../rules/natural-order.ts'
import { isReachable } from '../simulator/raft/reachability.ts'
import type { UpdateStatus } from '../simulator/world/service.ts'
import { tasksOfSlot } from '../simulator/world/store.ts'
import { isLive, slotKey, type Task } from '../simulator/world/task.ts'
import { nameNodes } from '../swarm/name-nodes.ts'
import { readNode } from '../swarm/read-node.ts'
import { type ComparedSlot, compareSlots, fateOf, newcomerOf, waitOf } from './compare-slots.ts'
import type { Run } from './run.ts'

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
      const wait = waitOf(slot)
      return wait === null ? [] : [{ ...name, ...wait }]
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

function nameSlot({ names }: Teller, { serviceId, key, sample }: ComparedSlot): SlotName {
  const place = sample.isBound ? (names.get(sample.nodeId) ?? sample.nodeId) : sample.slot
  return { serviceId, service: sample.serviceName, slot: key, task: `${sample.serviceName || serviceId}.${place}` }
}

function moveOf(teller: Teller, slot: ComparedSlot): Pick<PlannedMove, 'fate' | 'from' | 'to'> | null {
  const [{ copy }] = teller.runs
  const fate = fateOf(slot, copy.first.services, copy.swarm)
  if (fate === null) return null
  const left = slot.first.find(({ nodeId }) => nodeId !== '')
  return {
    fate,
    from: left === undefined ? null : nodeNamed(teller, left.nodeId),
    to: newcomerOf(slot) === undefined ? null : placesOf(teller, slotKey(slot.sample)),
  }
}

/** Where the slot may end up, in all that may happen. */
function placesOf(teller: Teller, key: string): PlannedMove['to'] {
  const places = new Set<string>()
  for (const { copy, choices } of teller.runs) {
    for (const task of tasksOfSlot(copy.swarm, key)) {
      const isNew = copy.first.tasks[task.id]?.nodeId !== task.nodeId
      if (!isNew || task.nodeId === '' || !isLive(task)) continue
      for (const nodeId of choices.get(task.id) ?? [task.nodeId]) places.add(nodeId)
    }
  }
  const nodes = [...places].map(id => nodeNamed(teller, id))
  const [first, ...others] = nodes.toSorted((one, other) => compareNaturally(one.name, other.name))
  return first === undefined ? null : [first, ...others]
}

const nodeNamed = ({ names }: Teller, nodeId: string): PlannedNode => ({ nodeId, name: names.get(nodeId) ?? nodeId })

/** A gap that would be there by itself is none of the operations'. */
function gapsOf({ runs, alone }: Teller): readonly PlannedGap[] {
  const [run] = runs
  const gaps = [...run.tallies.values()].flatMap((tally): readonly PlannedGap[] => {
    const same = alone?.tallies.get(tally.serviceId)
    const others = runs.map(({ tallies }) => tallies.get(tally.serviceId)).filter(other => other !== undefined)
    const lowest = Math.min(...others.map(other => other.lowest))
    const isForGood =
      tally.running < tally.desired &&
      !(same !== undefined && same.running <= tally.running && same.desired === tally.desired)
    const isTemporary = tally.gapFrom !== null && !(same !== undefined && same.lowest <= lowest)
    if (!isForGood && !isTemporary) return []
    return [
      {
        serviceId: tally.serviceId,
        service: tally.service.spec.Name ?? '',
        desired: tally.desired,
        lowest: Math.min(lowest, tally.running),
        forMs: isForGood || tally.gapUntil === null || tally.gapFrom === null ? null : tally.gapUntil - tally.gapFrom,
      },
    ]
  })
  return gaps.toSorted((one, other) => lengthOf(other) - lengthOf(one) || compareNaturally(one.service, other.service))
}

const lengthOf = ({ forMs }: PlannedGap): number => forMs ?? Number.POSITIVE_INFINITY

function updatesOf({ runs, alone }: Teller): readonly PlannedUpdate[] {
  const [{ copy }] = runs
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
        message: nameTasks(status.message, copy.swarm.tasks),
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
function nameTasks(message: string, tasks: Readonly<Record<string, Task>>): string {
  return message.replace(/\b[0-9a-z]{25}\b/, id => {
    const task = tasks[id]
    return task === undefined ? 'of it' : `${task.serviceName}.${task.slot}`
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
