import { assertNever } from '../rules/assert-never.ts'
import { crash } from './agent/controller.ts'
import type { World } from './world/world.ts'

/** What no engine can be asked for, but happens. Machines that die and cables that are pulled will stand here too. */
export type Fault =
  | { readonly kind: 'kill-container'; readonly taskId: string; readonly exitCode: number }
  /** Nobody reads this stream any more. */
  | { readonly kind: 'hang-up'; readonly stream: string }

/** Does it and says null, or says in one sentence why it cannot be. */
export function strike(world: World, fault: Fault): string | null {
  switch (fault.kind) {
    case 'kill-container': {
      const machine = Object.values(world.machines).find(({ tasks }) => tasks[fault.taskId] !== undefined)
      const task = machine?.tasks[fault.taskId]
      if (machine === undefined || task === undefined) return `No machine has a container of task ${fault.taskId}`
      crash(world, machine, task, fault.exitCode)
      return null
    }
    case 'hang-up':
      delete world.streams[fault.stream]
      return null
    default:
      return assertNever(fault)
  }
}
