import { recountLoad } from '../load/load.ts'
import { KILLED } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'
import { endContainer, removeContainer } from './containers.ts'
import { proceed } from './controller.ts'
import { tellOfContainer } from './local-events.ts'
import { interrupt } from './step.ts'

/** What an engine writes down for containers that it did not see end. */
const UNKNOWN_END = 255

/**
 * The machine loses its containers. `killed`: they are dead with exit code 255 when its engine is back. `stopped`: the
 * engine has stopped and removed them as it went down. What its agent knows of tasks stays, as it is on disk.
 */
export function loseContainers(world: World, machine: Machine, how: 'killed' | 'stopped'): void {
  for (const task of Object.values(machine.tasks)) interrupt(task)
  for (const [image, due] of Object.entries(machine.pulls)) if (due > world.now) delete machine.pulls[image]
  for (const container of Object.values(machine.containers)) {
    if (how === 'stopped') {
      const ignoresSignal = machine.tasks[container.taskId]?.behaviour.stopMs === 'ignores-signal'
      if (container.state === 'running') tellOfContainer(world, machine, container, 'kill', { signal: '15' })
      endContainer(world, machine, container, ignoresSignal ? KILLED : 0, 'stop')
      removeContainer(world, machine, container)
    } else if (container.state === 'running') {
      container.state = 'exited'
      container.pid = 0
      container.exitCode = UNKNOWN_END
      container.finishedAt = world.now
    }
  }
}

/**
 * Its engine is back and its agent goes on where it was: containers that died are found dead, those that are missing
 * are given up a moment later, unless the managers say meanwhile that they are not wanted any more.
 */
export function resumeAgent(world: World, machine: Machine): void {
  for (const task of Object.values(machine.tasks)) {
    if (task.step === null) proceed(world, machine, task)
  }
  recountLoad(world)
}

/** The machine leaves its swarm: containers go and nothing is remembered of any task. */
export function retireAgent(world: World, machine: Machine): void {
  loseContainers(world, machine, 'stopped')
  machine.tasks = {}
  machine.reports = {}
}
