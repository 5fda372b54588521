import { type Container, KILLED } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { endContainer, removeContainer } from './containers.ts'
import { tellOfContainer } from './local-events.ts'
import { watch } from './watch.ts'

/*
 * What a person at an engine does to a container behind the swarm's back: its task finds out at once.
 */

/** Sends a signal. Who has no handler for it lives on, unless it is the kill. */
export function signalContainer(world: World, machine: Machine, container: Container, signal: number): void {
  tellOfContainer(world, machine, container, 'kill', { signal: String(signal) })
  const isDeaf = machine.tasks[container.taskId]?.behaviour.stopMs === 'ignores-signal'
  if (signal === KILL) breakOff(world, machine, container, KILLED, 'by itself')
  else if (!isDeaf) breakOff(world, machine, container, 0, 'by itself')
}

/** Asks it to stop, and kills it when it does not; no time passes over it. */
export function stopContainer(world: World, machine: Machine, container: Container): void {
  const isDeaf = machine.tasks[container.taskId]?.behaviour.stopMs === 'ignores-signal'
  tellOfContainer(world, machine, container, 'kill', { signal: String(TERMINATE) })
  if (isDeaf) tellOfContainer(world, machine, container, 'kill', { signal: String(KILL) })
  breakOff(world, machine, container, isDeaf ? KILLED : 0, 'stop')
}

/** Kills it first where it runs. */
export function destroyContainer(world: World, machine: Machine, container: Container): void {
  if (container.state === 'running') signalContainer(world, machine, container, KILL)
  removeContainer(world, machine, container)
}

/** The container dies at once with this exit code, from a fault and not from an order. False when it does not run. */
export function crash(world: World, machine: Machine, taskId: string, exitCode: number): boolean {
  const container = machine.containers[machine.tasks[taskId]?.containerId ?? '']
  if (container?.state !== 'running') return false
  // Who is killed has no last words; all others end by themselves, and say so.
  if (exitCode !== KILLED) container.fate = { ...container.fate, exitAt: world.now, exitCode, isOutOfMemory: false }
  breakOff(world, machine, container, exitCode, 'by itself')
  return true
}

const KILL = 9
const TERMINATE = 15

function breakOff(
  world: World,
  machine: Machine,
  container: Container,
  exitCode: number,
  how: 'stop' | 'by itself',
): void {
  endContainer(world, machine, container, exitCode, how)
  const task = machine.tasks[container.taskId]
  if (task?.step?.kind !== 'run') return
  task.step = null
  watch(world, machine, task)
}
