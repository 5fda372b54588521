import type { Plan, PlannedMove, PlannedNode } from '../operations/plan.ts'
import { compareNaturally } from '../rules/natural-order.ts'
import { isInvalid } from '../simulator/world/node.ts'
import { tasksOfSlot } from '../simulator/world/store.ts'
import { isLive, slotKey, type Task } from '../simulator/world/task.ts'
import { type ComparedSlot, compareSlots, fateOf, newcomerOf, waiterOf } from './compare-slots.ts'
import type { Run } from './run.ts'

export type Runs = readonly [Run, ...Run[]]
/** Names of nodes, by ID. */
export type Names = ReadonlyMap<string, string>

export function nodeNamed(names: Names, nodeId: string): PlannedNode {
  return { nodeId, name: names.get(nodeId) ?? nodeId }
}

/**
 * What became of each slot in the first of the runs, in the order of service and slot; the others tell where else its task
 * may be, and of which slots the same might be told as well.
 */
export function tellSlots(runs: Runs, alone: Run | null, names: Names): Pick<Plan, 'moves' | 'unplaced'> {
  const verdicts = runs.map(run => judge(run, alone))
  const told = [...(verdicts[0]?.values() ?? [])]
    .map(verdict => ({ ...verdict, name: nameSlot(verdict.slot, names) }))
    .toSorted(
      (one, other) =>
        compareNaturally(one.name.service, other.name.service) || compareNaturally(one.name.task, other.name.task),
    )
  return {
    moves: told.flatMap(({ slot, fate, name }) => {
      if (fate === null) return []
      const left = slot.first.find(({ nodeId }) => nodeId !== '')
      const from = left === undefined ? null : nodeNamed(names, left.nodeId)
      const to = fate === 'lost' || newcomerOf(slot) === undefined ? null : placesOf(runs, slotKey(slot.sample), names)
      return [{ ...name, fate, from, to, among: amongWhom(slot, other => other.fate === fate) }]
    }),
    unplaced: told.flatMap(({ slot, waiting, name }) => {
      if (waiting === null) return []
      const among = amongWhom(slot, other => other.waiting !== null)
      return [{ ...name, reason: waiting.status.error, among }]
    }),
  }

  /** The slot alone where the same is true of it in every run; else all of its service of which it is in some. */
  function amongWhom({ sample }: ComparedSlot, isTrue: (verdict: Verdict) => boolean): PlannedMove['among'] {
    const own = nameOf(sample, names)
    const times = new Map<string, number>()
    for (const { slot } of verdicts.flatMap(run => [...run.values()].filter(isTrue))) {
      if (slot.serviceId !== sample.serviceId) continue
      const name = nameOf(slot.sample, names)
      times.set(name, (times.get(name) ?? 0) + 1)
    }
    if (times.get(own) === runs.length) return [own]
    const uncertain = [...times].flatMap(([name, count]) => (count < runs.length ? [name] : []))
    const [first = own, ...others] = uncertain.toSorted(compareNaturally)
    return [first, ...others]
  }
}

type Verdict = {
  readonly slot: ComparedSlot
  readonly fate: PlannedMove['fate'] | null
  readonly waiting: Task | null
}

/** By `slotKey`. */
function judge({ copy, failures }: Run, alone: Run | null): ReadonlyMap<string, Verdict> {
  const slots = compareSlots(copy.first.tasks, copy.swarm.tasks, alone?.copy.swarm.tasks ?? null)
  return new Map(
    slots.map(slot => {
      const fate = fateOf(slot, copy.first.services, copy.swarm, failures)
      return [slotKey(slot.sample), { slot, fate, waiting: waiterOf(slot) }]
    }),
  )
}

function nameSlot({ serviceId, key, sample }: ComparedSlot, names: Names) {
  return { serviceId, service: sample.serviceName, slot: key, task: nameOf(sample, names) }
}

function nameOf({ serviceId, serviceName, slot, isBound, nodeId }: Task, names: Names): string {
  return `${serviceName || serviceId}.${isBound ? (names.get(nodeId) ?? nodeId) : slot}`
}

/** Where the slot may end up, in all that may happen. */
function placesOf(runs: Runs, key: string, names: Names): PlannedMove['to'] {
  const places = new Set<string>()
  for (const { copy, choices } of runs) {
    for (const task of tasksOfSlot(copy.swarm, key)) {
      const isNew = copy.first.tasks[task.id]?.nodeId !== task.nodeId
      if (!isNew || task.nodeId === '' || !isLive(task)) continue
      places.add(task.nodeId)
      // Who would have come to a node that has been emptied since has left it again.
      for (const nodeId of choices.get(task.id) ?? []) if (!isInvalid(copy.swarm.nodes[nodeId])) places.add(nodeId)
    }
  }
  const nodes = [...places].map(id => nodeNamed(names, id))
  const [first, ...others] = nodes.toSorted((one, other) => compareNaturally(one.name, other.name))
  return first === undefined ? null : [first, ...others]
}
