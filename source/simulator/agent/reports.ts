import { stateRank } from '../../rules/task-state.ts'
import { type Machine, swarmOf } from '../world/machine.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { TaskStatus } from '../world/task.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'

const BATCH_MS = 100

/*
 * Source: moby/swarmkit manager/dispatcher/{dispatcher}.go
 * Leaves out for now: heartbeats, hence nodes that go down and what is reported too late.
 */

/** What an agent says of a task. Only the last word before the next flush is kept. */
export function report(world: World, machine: Machine, taskId: string, status: TaskStatus): void {
  const swarm = swarmOf(world, machine)
  if (swarm === undefined) return
  const { dispatcher } = swarm.leader
  if (!dispatcher.isFlushSet) setLeaderTimer(world, swarm, BATCH_MS, { kind: 'flush-reports' })
  dispatcher.isFlushSet = true
  dispatcher.reports[taskId] = status
}

/** A report of a lower state than the one stored is dropped: a rejected task stays rejected, whatever its agent does. */
export function flushReports(world: World, swarm: Swarm): void {
  const { dispatcher } = swarm.leader
  const { reports } = dispatcher
  dispatcher.reports = {}
  dispatcher.isFlushSet = false
  transact(world, swarm, transaction => {
    for (const [taskId, status] of Object.entries(reports)) {
      const task = swarm.tasks[taskId]
      if (task === undefined || stateRank(status.state) < stateRank(task.status.state)) continue
      transaction.updateTask(taskId, { status, appliedAt: world.now })
    }
  })
}
