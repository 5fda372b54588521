import { assertNever } from '../../rules/assert-never.ts'
import { isLive, isTerminal } from '../../rules/task-state.ts'
import { withTag } from '../world/image.ts'
import type { AgentTask, Machine } from '../world/machine.ts'
import { drawWithin } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { containerName, containerOf, createContainer, startContainer } from './containers.ts'
import { forget, forgetAbandoned } from './forget.ts'
import { hasImage, pullMs } from './pull.ts'
import { say } from './say.ts'
import { begin } from './step.ts'
import { finishStop, stop, tellToStop } from './stop.ts'
import { meetFate, watch } from './watch.ts'

const RETRY_MS = 1_000
/** Of a container that could not be started. */
const NOT_STARTED = 128

/*
 * Source: moby/swarmkit agent/exec/controller.go (Do), agent/task.go;
 * moby/moby daemon/cluster/executor/container/controller.go
 * Leaves out: cluster volumes, waiting for node networks.
 */

/** Goes on with a task, one step at a time, until it is where it is meant to be or has to wait. */
export function proceed(world: World, machine: Machine, task: AgentTask): void {
  while (task.step === null && !isTerminal(task.status.state)) {
    if (!isLive(task.desired)) {
      stop(world, machine, task)
      continue
    }
    switch (task.status.state) {
      case 'assigned':
        say(world, machine, task, 'accepted', 'accepted')
        break
      case 'accepted':
        say(world, machine, task, 'preparing', 'preparing')
        break
      case 'preparing':
        begin(world, machine, task, { kind: 'prepare' }, prepareMs(world, machine, task))
        break
      case 'ready':
        if (task.desired === 'ready') return
        say(world, machine, task, 'starting', 'starting')
        break
      case 'starting':
        if (containerOf(machine, task)?.state !== 'created') watch(world, machine, task)
        else begin(world, machine, task, { kind: 'start' }, drawWithin(world.random, task.behaviour.startMs))
        break
      case 'running':
        watch(world, machine, task)
        break
      default:
        return
    }
  }
  forgetAbandoned(world, machine, task)
}

/** The desired state has changed. A wait that is under way is cancelled and costs a second, which everyone can see. */
export function turn(world: World, machine: Machine, task: AgentTask): void {
  const { step } = task
  if (step === null) {
    proceed(world, machine, task)
    return
  }
  if (isLive(task.desired)) return
  switch (step.kind) {
    case 'prepare':
    case 'start':
    case 'run':
    case 'miss':
      if (task.status.state === 'running') {
        say(world, machine, task, 'running', 'started', { container: { exitCode: -1 } })
      }
      begin(world, machine, task, { kind: 'retry' }, RETRY_MS)
      return
    case 'drain':
    case 'stop':
      task.step = { ...step, isIll: false }
      return
    case 'retry':
    case 'remove':
      return
    default:
      assertNever(step)
  }
}

/** What was under way has come to its end. */
export function finishStep(world: World, machine: Machine, task: AgentTask): void {
  const { step } = task
  if (step === null) return
  task.step = null
  switch (step.kind) {
    case 'prepare':
      finishPrepare(world, machine, task)
      break
    case 'start':
      finishStart(world, machine, task)
      break
    case 'run':
      meetFate(world, machine, task)
      break
    case 'retry':
      break
    case 'drain':
      tellToStop(world, machine, task, step.isIll)
      break
    case 'stop':
      finishStop(world, machine, task, step)
      break
    case 'miss':
      finishMiss(world, machine, task)
      break
    case 'remove':
      forget(world, machine, task)
      return
    default:
      assertNever(step)
  }
  proceed(world, machine, task)
}

function prepareMs(world: World, machine: Machine, task: AgentTask): number {
  return drawWithin(world.random, task.behaviour.createMs) + pullMs(world, machine, task)
}

function finishPrepare(world: World, machine: Machine, task: AgentTask): void {
  const image = withTag(task.task.spec.ContainerSpec?.Image ?? '')
  if (!hasImage(world, machine, image)) {
    say(world, machine, task, 'rejected', 'preparing', { error: `No such image: ${image}` })
    return
  }
  task.containerId = createContainer(world, machine, task).id
  say(world, machine, task, 'ready', 'prepared')
}

function finishStart(world: World, machine: Machine, task: AgentTask): void {
  const container = containerOf(machine, task)
  if (container?.state !== 'created') return
  const { startError } = task.behaviour
  if (startError === '') {
    startContainer(world, machine, task, container)
    return
  }
  container.exitCode = NOT_STARTED
  say(world, machine, task, 'failed', 'starting', { error: `starting container failed: ${startError}` })
}

function finishMiss(world: World, machine: Machine, task: AgentTask): void {
  if (containerOf(machine, task) !== undefined) return
  const error = `No such container: ${containerName(task.task)}`
  say(world, machine, task, 'failed', task.status.message, { error })
}
