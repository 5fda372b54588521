import type { ApiServiceSpec } from '../../api/service.ts'
import { assertNever } from '../../rules/assert-never.ts'
import { findService } from '../control-api/find.ts'
import { createService, updateService } from '../control-api/service.ts'
import { strike } from '../fault.ts'
import { drawBelow } from '../world/random.ts'
import { tasksOfService } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive } from '../world/task.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import type { ScenarioAction } from './scenario.ts'

/** Does a step of the script, as a person at the CLI would, and sets the next round. What is refused is left. */
export function playStep(world: World, step: number, round: number): void {
  const { action, every } = world.script[step] ?? {}
  const swarm = Object.values(world.swarms)[0]
  if (action === undefined || swarm === undefined) return
  if (every !== undefined && every !== null) setTimer(world, every, { kind: 'script', step, round: round + 1 })
  play(world, swarm, action, round)
}

function play(world: World, swarm: Swarm, action: ScenarioAction, round: number): void {
  switch (action.kind) {
    case 'create-service':
      createService(world, swarm, action.spec)
      return
    case 'change-image': {
      const image = action.images[round % action.images.length] ?? ''
      change(world, swarm, action.service, spec => ({
        ...spec,
        TaskTemplate: {
          ...spec.TaskTemplate,
          ContainerSpec: { ...spec.TaskTemplate?.ContainerSpec, Image: image },
        },
      }))
      return
    }
    case 'scale': {
      const replicas = action.replicas[round % action.replicas.length] ?? 1
      change(world, swarm, action.service, spec => ({ ...spec, Mode: { Replicated: { Replicas: replicas } } }))
      return
    }
    case 'kill-container':
      killOne(world, swarm, action.service, action.exitCode)
      return
    default:
      assertNever(action)
  }
}

function change(world: World, swarm: Swarm, name: string, edit: (spec: ApiServiceSpec) => ApiServiceSpec): void {
  const found = findService(swarm, name)
  if (found.ok) updateService(world, swarm, found.value.id, found.value.version, edit(found.value.spec), false)
}

function killOne(world: World, swarm: Swarm, name: string, exitCode: number): void {
  const found = findService(swarm, name)
  if (!found.ok) return
  const running = tasksOfService(swarm, found.value.id).filter(task => isLive(task) && task.status.state === 'running')
  const unlucky = running[drawBelow(world.random, running.length)]
  if (unlucky !== undefined) strike(world, { kind: 'kill-container', taskId: unlucky.id, exitCode })
}
