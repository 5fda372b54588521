import type { AgentStep, AgentTask, Machine } from '../world/machine.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'

/** Begins a step that ends so many milliseconds from now; with null it ends when something happens. */
export function begin(world: World, machine: Machine, task: AgentTask, step: AgentStep, ms: number | null): void {
  task.step = step
  task.stepSerial++
  const { taskId, stepSerial: serial } = task
  if (ms !== null) setTimer(world, ms, { kind: 'agent-step', machine: machine.name, taskId, serial })
}

/** Leaves a step where it is: whatever was set for its end is void. */
export function interrupt(task: AgentTask): void {
  task.step = null
  task.stepSerial++
}
