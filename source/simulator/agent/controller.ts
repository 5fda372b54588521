import { assertNever } from '../../rules/assert-never.ts'
import { isLive, isTerminal, stateRank, type TaskState } from '../../rules/task-state.ts'
import { withoutDigest } from '../world/image.ts'
import { type AgentStep, type AgentTask, type Machine, swarmOf } from '../world/machine.ts'
import { draw, drawContainerId, drawWithin } from '../world/random.ts'
import type { TaskStatus } from '../world/task.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { report } from './reports.ts'

const RETRY_MS = 1_000
/** The time that load balancers get to forget a task before its container is told to stop. */
const NETWORK_DRAIN_MS = 2_000
const KILLED = 137

/*
 * Source: moby/swarmkit agent/exec/controller.go (Do), agent/task.go; moby/moby daemon/cluster/executor/container
 * Leaves out for now: health checks, volumes, node networks.
 */

/** Goes on with a task, one step at a time, until it is where it is meant to be or has to wait. */
export function proceed(world: World, machine: Machine, task: AgentTask): void {
  while (task.step === null) {
    const { state } = task.status
    if (!isLive(task.desired)) {
      if (isTerminal(state)) forgetIfDone(machine, task)
      else stop(world, machine, task)
      return
    }
    if (stateRank(state) >= stateRank(task.desired)) return
    switch (state) {
      case 'assigned':
        say(world, machine, task, 'accepted', 'accepted')
        break
      case 'accepted':
        say(world, machine, task, 'preparing', 'preparing')
        begin(world, machine, task, { kind: 'prepare' }, prepareMs(world, machine, task))
        return
      case 'ready':
        say(world, machine, task, 'starting', 'starting')
        begin(world, machine, task, { kind: 'start' }, drawWithin(world.random, task.behaviour.startMs))
        return
      default:
        return
    }
  }
}

/** The desired state has changed. A wait that is under way is cancelled and costs a second, which everyone can see. */
export function turn(world: World, machine: Machine, task: AgentTask): void {
  if (task.step === null) proceed(world, machine, task)
  else if (!isLive(task.desired) && task.step.kind !== 'stop' && task.step.kind !== 'retry') {
    if (task.step.kind === 'run') say(world, machine, task, 'running', 'started', { exitCode: -1 })
    begin(world, machine, task, { kind: 'retry' }, RETRY_MS)
  }
}

/** What was under way has come to its end. */
export function finishStep(world: World, machine: Machine, task: AgentTask): void {
  const { step, behaviour } = task
  if (step === null) return
  task.step = null
  switch (step.kind) {
    case 'prepare':
      if (behaviour.isMissing) {
        const error = `No such image: ${withoutDigest(task.image)}`
        say(world, machine, task, 'rejected', 'preparing', { error, container: { id: '', pid: 0, exitCode: 0 } })
      } else {
        machine.images[withoutDigest(task.image)] = true
        const id = drawContainerId(world.random)
        say(world, machine, task, 'ready', 'prepared', { container: { id, pid: 0, exitCode: 0 } })
      }
      break
    case 'start':
      say(world, machine, task, 'running', 'started', { pid: 1_000 + Math.floor(draw(world.random) * 30_000) })
      run(world, machine, task)
      return
    case 'run':
      exit(world, machine, task, step.exitCode ?? 0)
      break
    case 'retry':
      break
    case 'stop':
      say(world, machine, task, 'shutdown', 'shutdown', { pid: 0, exitCode: step.exitCode })
      break
    default:
      assertNever(step)
  }
  proceed(world, machine, task)
}

/** The container dies at once, from a fault and not from an order. Only one that runs can. */
export function crash(world: World, machine: Machine, task: AgentTask, exitCode: number): void {
  if (task.step?.kind !== 'run') return
  begin(world, machine, task, { kind: 'run', exitCode }, 0)
}

/** Its object is gone: the container is removed and nobody hears of it. */
export function abandon(world: World, machine: Machine, task: AgentTask): void {
  task.desired = 'remove'
  const swarm = swarmOf(world, machine)
  if (swarm !== undefined) delete swarm.leader.dispatcher.reports[task.taskId]
  if (task.step?.kind === 'stop') return
  delete machine.tasks[task.taskId]
}

function run(world: World, machine: Machine, task: AgentTask): void {
  const { exit } = task.behaviour
  if (exit !== null && draw(world.random) < exit.chance) {
    begin(world, machine, task, { kind: 'run', exitCode: exit.code }, drawWithin(world.random, exit.afterMs))
    return
  }
  task.step = { kind: 'run', exitCode: null }
  task.stepSerial++
}

function exit(world: World, machine: Machine, task: AgentTask, code: number): void {
  if (code === 0) say(world, machine, task, 'complete', 'finished', { pid: 0, exitCode: 0 })
  else
    say(world, machine, task, 'failed', 'started', { error: `task: non-zero exit (${code})`, pid: 0, exitCode: code })
}

function stop(world: World, machine: Machine, task: AgentTask): void {
  const isUp = task.status.state === 'running' || task.status.state === 'starting'
  if (!isUp) {
    say(world, machine, task, 'shutdown', 'shutdown')
    forgetIfDone(machine, task)
    return
  }
  const { stopMs } = task.behaviour
  const needed = stopMs === 'ignores-signal' ? Number.POSITIVE_INFINITY : drawWithin(world.random, stopMs)
  const isKilled = needed > task.stopGraceMs
  const waitMs = (task.hasNetwork ? NETWORK_DRAIN_MS : 0) + Math.min(needed, task.stopGraceMs)
  begin(world, machine, task, { kind: 'stop', exitCode: isKilled ? KILLED : 0 }, waitMs)
}

function prepareMs(world: World, machine: Machine, task: AgentTask): number {
  const { behaviour } = task
  const isHere = machine.images[withoutDigest(task.image)] === true
  return drawWithin(world.random, behaviour.createMs) + (isHere ? 0 : drawWithin(world.random, behaviour.pullMs))
}

function begin(world: World, machine: Machine, task: AgentTask, step: AgentStep, ms: number): void {
  task.step = step
  task.stepSerial++
  const { taskId, stepSerial: serial } = task
  setTimer(world, ms, { kind: 'agent-step', machine: machine.name, taskId, serial })
}

type Said = {
  readonly error?: string
  readonly pid?: number
  readonly exitCode?: number
  readonly container?: TaskStatus['container']
}

function say(
  world: World,
  machine: Machine,
  task: AgentTask,
  state: TaskState,
  message: string,
  said: Said = {},
): void {
  const container = said.container ?? task.status.container
  task.status = {
    at: world.now,
    state,
    message,
    error: said.error ?? '',
    container:
      container === null
        ? null
        : { id: container.id, pid: said.pid ?? container.pid, exitCode: said.exitCode ?? container.exitCode },
    ports: [],
  }
  report(world, machine, task.taskId, task.status)
}

/** A task that has ended and is not wanted is no work for an agent any more. */
function forgetIfDone(machine: Machine, task: AgentTask): void {
  delete machine.tasks[task.taskId]
}
