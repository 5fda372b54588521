import { assertNever } from '../rules/assert-never.ts'
import { sendAssignments } from './agent/assignments.ts'
import { finishStep } from './agent/controller.ts'
import { flushReports } from './agent/reports.ts'
import { registerNode, settleRole } from './control-api/role-manager.ts'
import { endStream } from './engine-api/events.ts'
import { endDelay, endWait } from './orchestrator/restart.ts'
import { reap } from './orchestrator/task-reaper.ts'
import { endUpdate, endUpdateDelay } from './orchestrator/updater.ts'
import { canCommit } from './raft/can-commit.ts'
import { playStep } from './scenarios/play-step.ts'
import { schedule } from './scheduler/scheduler.ts'
import type { Swarm } from './world/swarm.ts'
import type { Due, LeaderDue } from './world/timer.ts'
import type { World } from './world/world.ts'

/** Does what has become due. */
export function workTimer(world: World, due: Due): void {
  switch (due.kind) {
    case 'leader': {
      const swarm = world.swarms[due.swarm]
      if (swarm?.raft.term !== due.term || swarm.raft.leader === '') return
      if (canCommit(world, swarm)) workLeaderTimer(world, swarm, due.what)
      else swarm.leader.held.push(due.what)
      return
    }
    case 'agent-step': {
      const machine = world.machines[due.machine]
      const task = machine?.tasks[due.taskId]
      if (machine !== undefined && task?.stepSerial === due.serial) finishStep(world, machine, task)
      return
    }
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

function workLeaderTimer(world: World, swarm: Swarm, due: LeaderDue): void {
  switch (due.kind) {
    case 'schedule':
      schedule(world, swarm)
      return
    case 'reap':
      reap(world, swarm)
      return
    case 'flush-reports':
      flushReports(world, swarm)
      return
    case 'assign':
      sendAssignments(world, swarm, due.nodeId)
      return
    case 'restart-delay':
      endDelay(world, swarm, due.taskId)
      return
    case 'stop-timeout':
      endWait(world, swarm, due.taskId)
      return
    case 'update-delay':
      endUpdateDelay(world, swarm, due.serviceId, due.update, due.slot)
      return
    case 'update-watched':
      endUpdate(world, swarm, due.serviceId, due.update)
      return
    case 'role':
      settleRole(world, swarm, due.nodeId)
      return
    case 'node-ready':
      registerNode(world, swarm, due.nodeId)
      return
    default:
      assertNever(due)
  }
}
