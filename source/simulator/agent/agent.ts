import { findBehaviour } from '../world/image.ts'
import type { AgentTask, Machine } from '../world/machine.ts'
import { isIngress } from '../world/service.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { abandon, proceed, turn } from './controller.ts'

const DEFAULT_STOP_GRACE_MS = 10_000

/**
 * Takes an assignment: a task that is new here, one that is to be something else from now on, or (null) one whose
 * object has been deleted, which ends it without a word.
 *
 * Source: moby/swarmkit agent/{worker,task}.go
 * Leaves out for now: losing the managers and finding them again.
 */
export function receiveTask(world: World, machine: Machine, taskId: string, task: Task | null): void {
  const known = machine.tasks[taskId]
  if (task === null) {
    if (known !== undefined) abandon(world, machine, known)
    return
  }
  if (known === undefined) {
    const agentTask = takeOn(world, task)
    machine.tasks[taskId] = agentTask
    proceed(world, machine, agentTask)
  } else if (known.desired !== task.desired) {
    known.desired = task.desired
    turn(world, machine, known)
  }
}

function takeOn(world: World, task: Task): AgentTask {
  const image = task.spec.ContainerSpec?.Image ?? ''
  const graceNs = task.spec.ContainerSpec?.StopGracePeriod
  return {
    taskId: task.id,
    image,
    behaviour: findBehaviour(world.images, image),
    stopGraceMs: graceNs === undefined ? DEFAULT_STOP_GRACE_MS : graceNs / 1e6,
    hasNetwork: (task.spec.Networks ?? []).length > 0 || (task.endpointSpec?.Ports ?? []).some(isIngress),
    desired: task.desired,
    status: task.status,
    step: null,
    stepSerial: 0,
  }
}
