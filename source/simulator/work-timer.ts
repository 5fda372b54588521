import { assertNever } from '../rules/assert-never.ts'
import { finishStep } from './agent/controller.ts'
import { continueBoot } from './boot.ts'
import { settleRole } from './control-api/role-manager.ts'
import { sendAssignments } from './dispatcher/assignments.ts'
import { declareDown, orphanTasks } from './dispatcher/node-state.ts'
import { flushReports } from './dispatcher/reports.ts'
import { registerNode } from './dispatcher/sessions.ts'
import { endStream } from './engine-api/events.ts'
import { endPatience, retryCalls } from './engine-api/take-call.ts'
import { workLogTimer } from './logs/follow.ts'
import { reconnect } from './machine-faults.ts'
import { retryJoin } from './membership/attempt-join.ts'
import { workMembership } from './membership/work-membership.ts'
import { endDelay, endWait } from './orchestrator/delayed-start.ts'
import { endReaperBatch } from './orchestrator/task-reaper.ts'
import { endUpdate, endUpdateDelay } from './orchestrator/updater.ts'
import { campaign } from './raft/campaign.ts'
import { canCommit } from './raft/can-commit.ts'
import { stepDown } from './raft/review-raft.ts'
import { handOver } from './raft/transfer-leadership.ts'
import { playStep } from './scenarios/play-step.ts'
import { schedule } from './scheduler/scheduler.ts'
import type { Swarm } from './world/swarm.ts'
import type { Due, LeaderDue, MachineDue } from './world/timer.ts'
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
    case 'log-lines':
      workLogTimer(world, due.stream)
      return
    case 'stream-end':
      endStream(world, due.stream)
      return
    case 'boot':
    case 'election':
    case 'step-down':
    case 'reconnect':
      workMachineTimer(world, due)
      return
    case 'call-deadline':
      endPatience(world, due.call)
      return
    case 'retry-calls':
      retryCalls(world)
      return
    case 'certificate':
    case 'certificate-renewal':
    case 'raft-join':
    case 'manager-ready':
    case 'fork':
      workMembership(world, due)
      return
    case 'join':
      retryJoin(world, due.machine, due.serial)
      return
    default:
      assertNever(due)
  }
}

function workMachineTimer(world: World, { kind, machine: name }: MachineDue): void {
  const machine = world.machines[name]
  if (machine === undefined) return
  switch (kind) {
    case 'boot':
      continueBoot(world, machine)
      return
    case 'election':
      campaign(world, machine)
      return
    case 'step-down':
      stepDown(world, machine)
      return
    case 'reconnect':
      reconnect(world, machine)
      return
    default:
      assertNever(kind)
  }
}

function workLeaderTimer(world: World, swarm: Swarm, due: LeaderDue): void {
  switch (due.kind) {
    case 'schedule':
      schedule(world, swarm)
      return
    case 'reap':
      endReaperBatch(world, swarm)
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
      endUpdateDelay(world, swarm, due.serviceId, due.update)
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
    case 'node-down':
      declareDown(world, swarm, due.nodeId, due.serial)
      return
    case 'orphan':
      orphanTasks(world, swarm, due.nodeId, due.serial)
      return
    case 'transfer':
      handOver(world, swarm)
      return
    default:
      assertNever(due)
  }
}
