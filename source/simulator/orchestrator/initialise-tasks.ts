import { isInvalid } from '../world/node.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isBefore, isLive, isTerminal, slotKey, type Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { startLater } from './delayed-start.ts'
import { reconcileGlobal, replaceEnded } from './global.ts'
import { reconcileJob } from './jobs.ts'
import { reconcile, restartTasks } from './replicated.ts'
import { needsRestart, restartDelayMs } from './restart.ts'
import { recordRestart } from './restart-policy.ts'

/**
 * What the orchestrators of a new leader make of the tasks they find: those of services that are gone are deleted,
 * starts that were put off are put off anew, restarts are counted again from what is left of them, and every service
 * is looked at, which takes up again whatever update was under way.
 *
 * Source: moby/swarmkit manager/orchestrator/taskinit/init.go (CheckTasks) and the orchestrators' FixTask
 */
export function initialiseTasks(world: World, swarm: Swarm): void {
  deleteForsaken(world, swarm)
  const tasks = Object.values(swarm.tasks)
  shutDownStranded(world, swarm, tasks)
  resumeStarts(world, swarm, tasks)
  recallRestarts(swarm, tasks)

  const live = tasks.filter(isLive)
  restartTasks(world, swarm, idsOf(live.filter(task => needsRestart(swarm, task))))
  replaceEnded(world, swarm, idsOf(live.filter(task => task.isBound && task.jobIteration === null && isTerminal(task))))
  for (const service of Object.values(swarm.services)) {
    reconcile(world, swarm, service)
    reconcileGlobal(world, swarm, service)
    reconcileJob(world, swarm, service)
  }
}

function idsOf(tasks: readonly Task[]): readonly string[] {
  return tasks.map(({ id }) => id)
}

/** Even when their containers still run. */
function deleteForsaken(world: World, swarm: Swarm): void {
  const forsaken = Object.values(swarm.tasks).filter(task => swarm.services[task.serviceId] === undefined)
  if (forsaken.length === 0) return
  transact(world, swarm, transaction => {
    for (const task of forsaken) transaction.removeTask(task.id)
  })
}

/** Tasks that are bound to a node have nowhere to go when it keeps nothing. */
function shutDownStranded(world: World, swarm: Swarm, tasks: readonly Task[]): void {
  const stranded = tasks.filter(task => task.isBound && isLive(task) && isInvalid(swarm.nodes[task.nodeId]))
  if (stranded.length === 0) return
  transact(world, swarm, transaction => {
    for (const task of stranded) transaction.updateTask(task.id, { desired: 'shutdown' })
  })
}

/** What is left of the delay is counted from the task's last report. That an old task had to stop first is forgotten. */
function resumeStarts(world: World, swarm: Swarm, tasks: readonly Task[]): void {
  for (const { id } of tasks) {
    const task = swarm.tasks[id]
    if (task?.desired !== 'ready' || !isBefore(task, 'shutdown')) continue
    const delayMs = restartDelayMs(task)
    const since = world.now - (task.appliedAt ?? task.status.at)
    startLater(world, swarm, id, { delayMs: Math.min(delayMs, delayMs - since), waitFor: null })
  }
}

/** Only of these restarts are counted. */
const hasLimit = ({ spec }: Task): boolean => (spec.RestartPolicy?.MaxAttempts ?? 0) > 0

/** Of the latest spec version in a slot, all but the first task must have been restarts. */
function recallRestarts(swarm: Swarm, tasks: readonly Task[]): void {
  if (!tasks.some(hasLimit)) return
  for (const slot of Map.groupBy(tasks, slotKey).values()) {
    const latest = Math.max(...slot.map(({ specVersion }) => specVersion))
    const [, ...restarts] = slot
      .filter(({ specVersion }) => specVersion === latest)
      .toSorted((one, other) => one.createdAt - other.createdAt)
    for (const task of restarts) recordRestart(swarm, task)
  }
}
