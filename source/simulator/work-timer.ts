import { assertNever } from '../rules/assert-never.ts'
import { sendAssignments } from './agent/assignments.ts'
import { finishStep } from './agent/controller.ts'
import { flushReports } from './agent/reports.ts'
import { registerNode, settleRole } from './control-api/role-manager.ts'
import { endStream } from './engine-api/events.ts'
import { endDelay, endWait } from './orchestrator/restart.ts'
import { reap } from './orchestrator/task-reaper.ts'
import { endUpdate, endUpdateDelay } from './orchestrator/updater.ts'
import { playStep } from './scenarios/play-step.ts'
import { schedule } from './scheduler/scheduler.ts'
import type { Due } from './world/timer.ts'
import type { World } from './world/world.ts'

/** Does what has become due. */
export function workTimer(world: World, due: Due): void {
  switch (due.kind) {
    case 'schedule':
      schedule(world)
      return
    case 'reap':
      reap(world)
      return
    case 'flush-reports':
      flushReports(world)
      return
    case 'assign':
      sendAssignments(world, due.nodeId)
      return
    case 'agent-step': {
      const machine = world.machines[due.machine]
      const task = machine?.tasks[due.taskId]
      if (machine !== undefined && task?.stepSerial === due.serial) finishStep(world, machine, task)
      return
    }
    case 'restart-delay':
      endDelay(world, due.taskId)
      return
    case 'stop-timeout':
      endWait(world, due.taskId)
      return
    case 'update-delay':
      endUpdateDelay(world, due.serviceId, due.update, due.slot)
      return
    case 'update-watched':
      endUpdate(world, due.serviceId, due.update)
      return
    case 'role':
      settleRole(world, due.nodeId)
      return
    case 'node-ready':
      registerNode(world, due.nodeId)
      return
    case 'script':
      playStep(world, due.step, due.round)
      return
    case 'stream-end':
      endStream(world, due.stream)
      return
    default:
      assertNever(due)
  }
}
