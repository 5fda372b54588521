import { noteServing } from '../load/load.ts'
import { KILLED } from '../world/container.ts'
import type { AgentStep, AgentTask, Machine } from '../world/machine.ts'
import { drawWithin } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { containerOf, endContainer } from './containers.ts'
import { tellOfContainer } from './local-events.ts'
import { say } from './say.ts'
import { begin } from './step.ts'

/** The time that load balancers get to forget a task before its container is told to stop. */
export const NETWORK_DRAIN_MS = 2_000
/** From the kill to the moment the engine has noticed the end. */
const REAP_MS = [30, 250] as const
const TERMINATED = 143
const NOTHING = { pid: 0, exitCode: 0 }

/*
 * Source: moby/moby daemon/cluster/executor/container/controller.go (Shutdown), daemon/stop.go
 */

/** Ends a task that is not wanted any more: at once where no container runs. */
export function stop(world: World, machine: Machine, task: AgentTask): void {
  const container = containerOf(machine, task)
  if (container?.state === 'running') beginStop(world, machine, task, false)
  // Of a container that is gone nobody knows how it ended, and the engine's own word for that is zero.
  else say(world, machine, task, 'shutdown', 'shutdown', container === undefined ? { container: NOTHING } : {})
}

/** `isIll`: for its health's sake and nobody else's. */
export function beginStop(world: World, machine: Machine, task: AgentTask, isIll: boolean): void {
  if (!task.hasNetwork) {
    tellToStop(world, machine, task, isIll)
    return
  }
  begin(world, machine, task, { kind: 'drain', isIll }, NETWORK_DRAIN_MS)
  noteServing(world, task.task.serviceName, task.taskId)
}

/** Sends the stop signal. What does not heed it within the stop grace period is killed. */
export function tellToStop(world: World, machine: Machine, task: AgentTask, isIll: boolean): void {
  const container = containerOf(machine, task)
  if (container?.state !== 'running') return
  const { stopMs } = task.behaviour
  const neededMs = stopMs === 'ignores-signal' ? Number.POSITIVE_INFINITY : drawWithin(world.random, stopMs)
  const isKilled = neededMs > task.stopGraceMs
  const delayMs = isKilled ? task.stopGraceMs + drawWithin(world.random, REAP_MS) : neededMs
  begin(world, machine, task, { kind: 'stop', isIll, isKilled }, delayMs)
  noteServing(world, task.task.serviceName, task.taskId)
  tellOfContainer(world, machine, container, 'kill', { signal: '15' })
}

export function finishStop(
  world: World,
  machine: Machine,
  task: AgentTask,
  { isIll, isKilled }: AgentStep & { readonly kind: 'stop' },
): void {
  const container = containerOf(machine, task)
  if (container?.state === 'running') {
    if (isKilled) tellOfContainer(world, machine, container, 'kill', { signal: '9' })
    endContainer(world, machine, container, isKilled ? KILLED : isIll ? TERMINATED : 0, 'stop')
  }
  if (!isIll) {
    say(world, machine, task, 'shutdown', 'shutdown')
    return
  }
  const error = `task: non-zero exit (${container?.exitCode ?? KILLED}): dockerexec: unhealthy container`
  say(world, machine, task, 'failed', task.status.message, { error })
}
