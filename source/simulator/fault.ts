import { assertNever } from '../rules/assert-never.ts'
import { crash } from './agent/controller.ts'
import { machineOfNode } from './world/machine.ts'
import type { World } from './world/world.ts'

/** What no engine can be asked for, but happens. Machines that die and cables that are pulled will stand here too. */
export type Fault =
  | { readonly kind: 'kill-container'; readonly taskId: string; readonly exitCode: number }
  /** Nobody reads this stream any more. */
  | { readonly kind: 'hang-up'; readonly stream: string }

export function strike(world: World, fault: Fault): void {
  switch (fault.kind) {
    case 'kill-container': {
      const machine = machineOfNode(world, world.swarm.tasks[fault.taskId]?.nodeId ?? '')
      const task = machine?.tasks[fault.taskId]
      if (machine !== undefined && task !== undefined) crash(world, machine, task, fault.exitCode)
      return
    }
    case 'hang-up':
      delete world.streams[fault.stream]
      return
    default:
      assertNever(fault)
  }
}
