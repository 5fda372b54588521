import type { ApiServiceSpec } from '../../api/service.ts'
import { assertNever } from '../../rules/assert-never.ts'
import { findNode, findService } from '../control-api/find.ts'
import { createNetwork } from '../control-api/network.ts'
import { updateNode } from '../control-api/node.ts'
import { createSecret } from '../control-api/secret.ts'
import { createService, removeService, updateService } from '../control-api/service.ts'
import { strike } from '../fault.ts'
import type { NodeSpec } from '../world/node.ts'
import { drawBelow } from '../world/random.ts'
import { tasksOfService } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { findReferences } from './find-references.ts'
import type { ScenarioAction } from './scenario.ts'
import { turn } from './turn.ts'

type Asked = Exclude<ScenarioAction, { readonly kind: 'strike-machine' | 'set-load' }>

/** Does what a person would do at the docker CLI; this swarm has a leader, and who refuses has the last word. */
export function askManagers(world: World, swarm: Swarm, action: Asked, round: number): void {
  switch (action.kind) {
    case 'create-service':
      createService(world, swarm, findReferences(swarm, action.spec))
      return
    case 'create-network':
      createNetwork(world, swarm, { ...PLAIN_NETWORK, name: action.name })
      return
    case 'create-secret':
    case 'create-config': {
      const data = btoa(`what is in ${action.name}`)
      const kind = action.kind === 'create-secret' ? 'secret' : 'config'
      createSecret(world, swarm, kind, { name: action.name, labels: {}, data, driver: null, templating: null })
      return
    }
    case 'change-image': {
      const image = turn(action.images, round)
      changeService(world, swarm, action.service, spec => ({
        ...spec,
        TaskTemplate: {
          ...spec.TaskTemplate,
          ContainerSpec: { ...spec.TaskTemplate?.ContainerSpec, Image: image },
        },
      }))
      return
    }
    case 'scale': {
      const replicas = turn(action.replicas, round)
      changeService(world, swarm, action.service, spec => ({ ...spec, Mode: { Replicated: { Replicas: replicas } } }))
      return
    }
    case 'force-update':
      changeService(world, swarm, turn(action.services, round), spec => ({
        ...spec,
        TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: (spec.TaskTemplate?.ForceUpdate ?? 0) + 1 },
      }))
      return
    case 'roll-back':
      changeService(world, swarm, turn(action.services, round), spec => spec, true)
      return
    case 'remove-service':
      removeService(world, swarm, turn(action.services, round))
      return
    case 'kill-container':
      killOne(world, swarm, turn(action.services, round), action.exitCode)
      return
    case 'set-availability':
      changeNode(world, swarm, turn(action.nodes, round), { availability: action.availability })
      return
    case 'set-role':
      changeNode(world, swarm, turn(action.nodes, round), { role: action.role })
      return
    default:
      assertNever(action)
  }
}

/** As `docker network create --driver overlay` makes it. */
const PLAIN_NETWORK = {
  labels: {},
  driver: 'overlay',
  driverOptions: {},
  ipam: null,
  isIngress: false,
  isInternal: false,
  isAttachable: false,
  isIpv6: false,
}

function changeService(
  world: World,
  swarm: Swarm,
  name: string,
  edit: (spec: ApiServiceSpec) => ApiServiceSpec,
  isRollback = false,
): void {
  const found = findService(swarm, name)
  if (found.ok)
    updateService(world, swarm, found.value.id, found.value.version, edit(found.value.spec), {
      rollback: isRollback ? 'previous' : 'none',
    })
}

function changeNode(world: World, swarm: Swarm, name: string, change: Partial<NodeSpec>): void {
  const found = findNode(swarm, name)
  if (!found.ok) return
  const spec = { ...found.value.spec, ...change }
  const body = { Name: spec.name, Labels: spec.labels, Role: spec.role, Availability: spec.availability }
  updateNode(world, swarm, found.value.id, found.value.version, body)
}

function killOne(world: World, swarm: Swarm, name: string, exitCode: number): void {
  const found = findService(swarm, name)
  if (!found.ok) return
  const running = tasksOfService(swarm, found.value.id).filter(task => isLive(task) && task.status.state === 'running')
  const unlucky = running[drawBelow(world.random, running.length)]
  if (unlucky !== undefined) strike(world, { kind: 'kill-container', taskId: unlucky.id, exitCode })
}
