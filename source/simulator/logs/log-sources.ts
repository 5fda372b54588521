import type { Container } from '../world/container.ts'
import { linkBetween } from '../world/link.ts'
import type { LogSelection } from '../world/log-stream.ts'
import { type Machine, machineOfNode } from '../world/machine.ts'
import { tasksOfService } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'

/** The containers whose lines are wanted, and why some cannot be had. */
export type LogSources = {
  readonly containers: readonly { readonly container: Container; readonly details: Readonly<Record<string, string>> }[]
  readonly reasons: readonly string[]
  /** Nothing more will ever come. */
  readonly isOver: boolean
}

/** Source: moby/swarmkit manager/logbroker/subscription.go (match, Err) */
export function findSources(
  world: World,
  asked: Machine,
  swarm: Swarm | undefined,
  selection: LogSelection,
): LogSources {
  if (selection.kind === 'container') {
    const container = asked.containers[selection.id]
    if (container === undefined) return { containers: [], reasons: [], isOver: true }
    return { containers: [{ container, details: {} }], reasons: [], isOver: container.state !== 'running' }
  }
  if (swarm === undefined) return { containers: [], reasons: [], isOver: true }
  const tasks = selection.kind === 'service' ? tasksOfService(swarm, selection.id) : oneTask(swarm, selection.id)
  return {
    containers: tasks.flatMap(task => containersOf(world, asked, swarm, task)),
    reasons: [...new Set(tasks.flatMap(task => reasonOf(world, asked, swarm, task)))],
    isOver: selection.kind === 'task' && (tasks.length === 0 || tasks.every(task => hasEnded(world, swarm, task))),
  }
}

function oneTask(swarm: Swarm, id: string): readonly Task[] {
  const task = swarm.tasks[id]
  return task === undefined ? [] : [task]
}

function containersOf(world: World, asked: Machine, swarm: Swarm, task: Task): LogSources['containers'] {
  const machine = machineOfNode(world, swarm, task.nodeId)
  if (machine === undefined || !isInReach(asked, machine)) return []
  const container = machine.containers[machine.tasks[task.id]?.containerId ?? '']
  if (container === undefined) return []
  const details = {
    'com.docker.swarm.node.id': task.nodeId,
    'com.docker.swarm.service.id': task.serviceId,
    'com.docker.swarm.task.id': task.id,
  }
  return [{ container, details }]
}

function reasonOf(world: World, asked: Machine, swarm: Swarm, task: Task): readonly string[] {
  if (task.nodeId === '') return [`task ${task.id} has not been scheduled`]
  const machine = machineOfNode(world, swarm, task.nodeId)
  return machine !== undefined && isInReach(asked, machine) ? [] : [`node ${task.nodeId} is not available`]
}

function isInReach(asked: Machine, machine: Machine): boolean {
  return machine === asked || (linkBetween(asked, machine) === 'open' && machine.membership?.session != null)
}

function hasEnded(world: World, swarm: Swarm, task: Task): boolean {
  const machine = machineOfNode(world, swarm, task.nodeId)
  return machine?.containers[machine.tasks[task.id]?.containerId ?? '']?.state === 'exited'
}
