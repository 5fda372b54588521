import { stateRank } from '../../rules/task-state.ts'
import { type Machine, swarmOf } from '../world/machine.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { TaskStatus } from '../world/task.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { hasSession } from './agent-contact.ts'

const BATCH_MS = 100

/*
 * Source: moby/swarmkit manager/dispatcher/dispatcher.go (UpdateTaskStatus, processUpdates), agent/reporter.go
 */

/** What an agent says of a task. It remembers the last word on each until a leader has stored it. */
export function report(world: World, machine: Machine, taskId: string, status: TaskStatus): void {
  machine.reports[taskId] = status
  const swarm = swarmOf(world, machine)
  if (swarm !== undefined && hasSession(world, swarm, machine)) pass(world, swarm, machine, taskId, status)
}

/** What an agent says once more of a task that has ended: nothing new, but it is stored as if it were. */
export function reportAgain(world: World, machine: Machine, taskId: string, status: TaskStatus): void {
  const swarm = swarmOf(world, machine)
  if (swarm === undefined || !hasSession(world, swarm, machine)) return
  pass(world, swarm, machine, taskId, status)
  swarm.leader.dispatcher.reports[taskId] = { machine: machine.name, status, isRepeated: true }
}

/** Says everything that no leader has stored yet, and anew how all its tasks are, to one that may have missed it. */
export function sendReports(world: World, swarm: Swarm, machine: Machine): void {
  for (const { taskId, status } of Object.values(machine.tasks)) {
    if (stateRank(status.state) > stateRank('assigned')) machine.reports[taskId] ??= status
  }
  for (const [taskId, status] of Object.entries(machine.reports)) pass(world, swarm, machine, taskId, status)
}

/**
 * Stores the reports that have come since the last time. One of a lower state than the one stored is dropped: a rejected
 * task stays rejected, whatever its agent does. So is what a node says of another node's task.
 */
export function flushReports(world: World, swarm: Swarm): void {
  const { dispatcher } = swarm.leader
  const { reports } = dispatcher
  dispatcher.reports = {}
  dispatcher.isFlushSet = false
  transact(world, swarm, transaction => {
    for (const [taskId, { machine, status, isRepeated }] of Object.entries(reports)) {
      acknowledge(world.machines[machine], taskId, status)
      const task = swarm.tasks[taskId]
      if (task === undefined || stateRank(status.state) < stateRank(task.status.state)) continue
      if (isSame(status, task.status) && isRepeated !== true) continue
      if (task.nodeId !== world.machines[machine]?.membership?.nodeId) continue
      transaction.updateTask(taskId, { status, appliedAt: world.now })
    }
  })
}

function isSame(said: TaskStatus, stored: TaskStatus): boolean {
  return said.at === stored.at && said.state === stored.state && said.container?.exitCode === stored.container?.exitCode
}

/** Only the last word before the next flush is kept. */
function pass(world: World, swarm: Swarm, machine: Machine, taskId: string, status: TaskStatus): void {
  const { dispatcher } = swarm.leader
  if (!dispatcher.isFlushSet) setLeaderTimer(world, swarm, BATCH_MS, { kind: 'flush-reports' })
  dispatcher.isFlushSet = true
  dispatcher.reports[taskId] = { machine: machine.name, status }
}

/** Its agent may have said more meanwhile. */
function acknowledge(machine: Machine | undefined, taskId: string, status: TaskStatus): void {
  const said = machine?.reports[taskId]
  if (said !== undefined && said.at === status.at && said.state === status.state) delete machine?.reports[taskId]
}
