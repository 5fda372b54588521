import type { Container } from '../world/container.ts'
import type { AgentTask, Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { containerOf, endContainer } from './containers.ts'
import { tellOfContainer } from './local-events.ts'
import { say } from './say.ts'
import { begin } from './step.ts'
import { beginStop } from './stop.ts'

/** Time for the managers to say that it is not wanted any more. */
const MISS_MS = 250

/*
 * Source: moby/moby daemon/cluster/executor/container/controller.go (Start, Wait)
 */

/** Waits for what a started container does next; one that has ended has the task's end in it. */
export function watch(world: World, machine: Machine, task: AgentTask): void {
  const container = containerOf(machine, task)
  if (container === undefined) {
    miss(world, machine, task)
    return
  }
  if (container.state === 'exited') {
    conclude(world, machine, task, container.exitCode)
    return
  }
  if (task.status.state === 'starting' && (container.health === 'none' || container.health === 'healthy')) {
    say(world, machine, task, 'running', 'started')
  }
  const next = nextMoment(container)
  begin(world, machine, task, { kind: 'run' }, next === null ? null : next - world.now)
}

/**
 * Its container is not there, as after an orderly stop of the engine. The managers, once they can be asked, may not want
 * the task any more; otherwise it has failed.
 */
export function miss(world: World, machine: Machine, task: AgentTask): void {
  const hasSession = machine.membership !== null && machine.membership.session !== null
  begin(world, machine, task, { kind: 'miss' }, hasSession ? MISS_MS : null)
}

/** Its container comes to what was to be: it ends, it is ill, or it is well. */
export function meetFate(world: World, machine: Machine, task: AgentTask): void {
  const container = containerOf(machine, task)
  if (container?.state !== 'running') return
  const { exitAt, exitCode, healthyAt, unhealthyAt } = container.fate
  if (exitAt !== null && exitAt <= world.now) {
    endContainer(world, machine, container, exitCode, 'by itself')
  } else if (unhealthyAt !== null && unhealthyAt <= world.now) {
    container.health = 'unhealthy'
    tellOfContainer(world, machine, container, 'health_status: unhealthy')
    beginStop(world, machine, task, true)
  } else if (healthyAt !== null && healthyAt <= world.now) {
    container.health = 'healthy'
    tellOfContainer(world, machine, container, 'health_status: healthy')
  }
}

function conclude(world: World, machine: Machine, task: AgentTask, code: number): void {
  if (code === 0) say(world, machine, task, 'complete', 'finished')
  else say(world, machine, task, 'failed', task.status.message, { error: `task: non-zero exit (${code})` })
}

function nextMoment({ health, fate }: Container): number | null {
  const moments = [
    fate.exitAt,
    health === 'starting' ? fate.healthyAt : null,
    health === 'unhealthy' ? null : fate.unhealthyAt,
  ].filter(at => at !== null)
  return moments.length === 0 ? null : Math.min(...moments)
}
