import { assertNever } from '../rules/assert-never.ts'
import type { MachineAction } from '../rules/machine-action.ts'
import { crash } from './agent/container-orders.ts'
import { hangUp } from './hang-up.ts'
import { strikeMachine } from './machine-faults.ts'
import type { World } from './world/world.ts'

/** What no engine can be asked for, but happens. */
export type Fault =
  | { readonly kind: 'machine'; readonly machine: string; readonly action: MachineAction }
  | { readonly kind: 'kill-container'; readonly taskId: string; readonly exitCode: number }
  /** Nobody reads this stream, or waits for this call, any more. */
  | { readonly kind: 'hang-up'; readonly stream: string }

/** Does it and says null, or says in one sentence why it cannot be. */
export function strike(world: World, fault: Fault): string | null {
  switch (fault.kind) {
    case 'machine':
      return strikeMachine(world, fault.machine, fault.action)
    case 'kill-container': {
      const machine = Object.values(world.machines).find(({ tasks }) => tasks[fault.taskId] !== undefined)
      if (machine === undefined) return `No machine has a container of task ${fault.taskId}`
      const hasRun = crash(world, machine, fault.taskId, fault.exitCode)
      return hasRun ? null : `The container of task ${fault.taskId} does not run`
    }
    case 'hang-up':
      hangUp(world, fault.stream)
      return null
    default:
      return assertNever(fault)
  }
}
