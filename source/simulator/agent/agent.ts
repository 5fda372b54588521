import { isTerminal } from '../../rules/task-state.ts'
import { reportAgain } from '../dispatcher/reports.ts'
import { behaviourKey, findBehaviour } from '../world/image.ts'
import { applyLabels } from '../world/image-field.ts'
import type { AgentTask, Machine } from '../world/machine.ts'
import { isIngress } from '../world/service.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { createContainer, startContainer } from './containers.ts'
import { proceed, turn } from './controller.ts'
import { obeyCommand, SILENCE } from './obey-command.ts'
import { miss } from './watch.ts'

const DEFAULT_STOP_GRACE_MS = 10_000

/*
 * Source: moby/swarmkit agent/{worker,task}.go
 */

/**
 * Takes an assignment: a task that is new here, one that is to be something else from now on, or (null) one whose
 * object has been deleted, which ends it without a word.
 */
export function receiveTask(world: World, machine: Machine, taskId: string, task: Task | null): void {
  const known = machine.tasks[taskId] ?? wake(world, machine, taskId, task)
  if (machine.sleeping?.[taskId] === true) return
  if (task === null) {
    if (known !== undefined) abandon(world, machine, known)
  } else if (known === undefined) {
    const agentTask = takeOn(world, task)
    machine.tasks[taskId] = agentTask
    proceed(world, machine, agentTask)
  } else if (known.desired !== task.desired) {
    known.desired = task.desired
    if (isTerminal(known.status.state)) reportAgain(world, machine, taskId, known.status)
    turn(world, machine, known)
  }
}

/** What sleeps is woken by what is not as it was: until then it ran, and was meant to. */
function wake(world: World, machine: Machine, taskId: string, task: Task | null): AgentTask | undefined {
  if (machine.sleeping?.[taskId] !== true || task?.desired === 'running') return undefined
  delete machine.sleeping[taskId]
  const { swarm = '' } = machine.membership ?? {}
  const before = task ?? world.swarms[swarm]?.tasks[taskId]
  if (before !== undefined) adoptTask(world, machine, { ...before, desired: 'running' })
  return machine.tasks[taskId]
}

/** Takes all that a leader has for this node, as a new session begins: whatever is not in it is gone. */
export function receiveAll(world: World, machine: Machine, tasks: readonly Task[]): void {
  const wanted = new Set(tasks.map(({ id }) => id))
  for (const taskId of Object.keys(machine.tasks)) {
    if (!wanted.has(taskId)) receiveTask(world, machine, taskId, null)
  }
  for (const task of tasks) receiveTask(world, machine, task.id, task)
  for (const task of Object.values(machine.tasks)) if (task.step?.kind === 'miss') miss(world, machine, task)
}

/**
 * Makes an agent have a task and its container as they are stored, as if it had been at it all along: for worlds that
 * begin in the middle. It says nothing of it.
 */
export function adoptTask(world: World, machine: Machine, task: Task): void {
  const agentTask = takeOn(world, task)
  machine.tasks[task.id] = agentTask
  const { container, state, at } = task.status
  if (container !== null && container.id !== '') {
    const adopted = createContainer(world, machine, agentTask, container.id)
    agentTask.containerId = adopted.id
    if (state === 'starting' || state === 'running') {
      startContainer(world, machine, agentTask, adopted)
      adopted.startedAt = at
      // What has come up has been found well.
      if (state === 'running' && adopted.health === 'starting') adopted.health = 'healthy'
    }
    if (isTerminal(state)) Object.assign(adopted, { state: 'exited', exitCode: container.exitCode, finishedAt: at })
  }
  proceed(world, machine, agentTask)
}

function abandon(world: World, machine: Machine, task: AgentTask): void {
  task.isAbandoned = true
  task.desired = 'remove'
  turn(world, machine, task)
}

function takeOn(world: World, task: Task): AgentTask {
  const { Image = '', StopGracePeriod, Labels } = task.spec.ContainerSpec ?? {}
  const known = world.behaviours?.[behaviourKey(task)]
  const { behaviour, script } =
    known === undefined
      ? obeyCommand(findBehaviour(world.images, Image), task.spec.ContainerSpec ?? {})
      : { behaviour: known, script: SILENCE }
  return {
    taskId: task.id,
    task,
    behaviour: applyLabels(behaviour, { ...task.serviceLabels, ...Labels }),
    script,
    stopGraceMs: StopGracePeriod === undefined ? DEFAULT_STOP_GRACE_MS : StopGracePeriod / 1e6,
    hasNetwork: (task.spec.Networks ?? []).length > 0 || (task.endpointSpec?.Ports ?? []).some(isIngress),
    desired: task.desired,
    isAbandoned: false,
    status: task.status,
    containerId: task.status.container?.id ?? '',
    step: null,
    stepSerial: 0,
  }
}
