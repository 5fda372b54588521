import type { ApiReading } from '../api/info.ts'
import type { Operation } from '../operations/operation.ts'
import type { Plan, PlannedLeader, PlannedUpdate } from '../operations/plan.ts'
import { compareNaturally } from '../rules/natural-order.ts'
import { isReachable } from '../simulator/raft/reachability.ts'
import type { UpdateStatus } from '../simulator/world/service.ts'
import type { Task } from '../simulator/world/task.ts'
import { nameNodes } from '../swarm/name-nodes.ts'
import { readNode } from '../swarm/read-node.ts'
import type { Run } from './run.ts'
import { tellGaps } from './tell-gaps.ts'
import { type Names, nodeNamed, type Runs, tellSlots } from './tell-slots.ts'

/**
 * Says what came of it: the first of the runs is what is told, the others tell what else may be. `alone`: the same time
 * without the operations; null where nothing would have happened.
 */
export function tellPlan(reading: ApiReading, operations: readonly Operation[], runs: Runs, alone: Run | null): Plan {
  const [run] = runs
  const names = nameNodes(reading.nodes.map(readNode))
  return {
    operations,
    ...tellSlots(runs, alone, names),
    gaps: tellGaps(runs, alone),
    updates: tellUpdates(run, alone),
    quorum: run.quorum,
    leader: tellLeader(run, names),
    refused: run.refused,
    end: run.end,
    estimated: null,
  }
}

function tellUpdates({ copy, failed }: Run, alone: Run | null): readonly PlannedUpdate[] {
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
function tellLeader({ copy, leader }: Run, names: Names): PlannedLeader | null {
  const { world, swarm } = copy
  if (leader.before === leader.after || leader.before === '') return null
  const heirs = Object.keys(swarm.raft.members).filter(
    id => isReachable(world, swarm, id) && swarm.nodes[id] !== undefined,
  )
  const [first, ...others] = heirs
    .filter(id => id !== leader.before)
    .map(id => nodeNamed(names, id))
    .toSorted((one, other) => compareNaturally(one.name, other.name))
  return {
    from: nodeNamed(names, leader.before),
    to: leader.after === '' || first === undefined ? null : [first, ...others],
  }
}
