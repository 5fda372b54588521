import type { Service } from '../world/service.ts'
import { tasksOfService, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, isTerminal, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { createTask } from './new-task.ts'
import { restart } from './restart.ts'

/**
 * Starts as many tasks as may run at once and are still missing, each in a slot of its own, counted from 0. What an
 * earlier iteration has left running is removed.
 *
 * Source: moby/swarmkit manager/orchestrator/jobs/replicated/reconciler.go
 */
export function reconcileReplicatedJob(world: World, swarm: Swarm, service: Service): void {
  const { MaxConcurrent: concurrent = 0, TotalCompletions: total = 0 } = service.spec.Mode?.ReplicatedJob ?? {}
  const tasks = tasksOfService(swarm, service.id)
  const current = tasks.filter(task => task.jobIteration === service.job?.iteration)
  const done = current.filter(isDone)
  const active = current.filter(task => !isDone(task) && isLive(task))
  const missing = Math.min(concurrent - active.length, total - done.length - active.length)
  const outdated = tasks.filter(task => task.jobIteration !== service.job?.iteration && !isTerminal(task))

  transact(world, swarm, transaction => {
    for (const number of freeSlots([...done, ...active], missing)) {
      createTask(world, transaction, service, { kind: 'slot', number }, 'complete')
    }
    for (const task of active) {
      if (isTerminal(task)) restart(world, swarm, transaction, task)
    }
    for (const task of outdated) {
      if (task.desired !== 'remove') transaction.updateTask(task.id, { desired: 'remove' })
    }
  })
}

function isDone(task: Task): boolean {
  return task.status.state === 'complete'
}

function freeSlots(tasks: readonly Task[], count: number): readonly number[] {
  const used = new Set(tasks.map(task => task.slot))
  const free: number[] = []
  for (let number = 0; free.length < count; number++) {
    if (!used.has(number)) free.push(number)
  }
  return free
}
