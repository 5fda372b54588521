import type { ApiTaskSpec } from '../../api/task.ts'
import { matchesConstraints } from '../scheduler/constraints.ts'
import type { Node } from '../world/node.ts'
import type { Service } from '../world/service.ts'
import { isBefore, isLive, isTerminal, type Task } from '../world/task.ts'
import { isSameSpec } from './is-same-spec.ts'

/**
 * Must an update replace this task? A task whose own placement is outdated but whose node satisfies the new one is
 * left alone, and so is one that has its image already when nothing but the credentials to pull it have changed.
 *
 * Source: moby/swarmkit manager/orchestrator/task.go (IsTaskDirty)
 */
export function isTaskDirty(service: Service, task: Task, node: Node | undefined): boolean {
  if (task.specVersion === service.specVersion) return false
  const template = withoutRuntime(service.spec.TaskTemplate)
  const isPlacementSame = isSameSpec(template.Placement, task.spec.Placement)
  const isRestSame =
    isSameSpec(withoutPlacement(template), withoutPlacement(task.spec)) &&
    (service.registryAuth === task.registryAuth || hasImage(task))
  if (isRestSame && !isPlacementSame && node !== undefined && satisfies(node, template)) return false
  const isEndpointSame = task.endpointSpec === null || isSameSpec(service.spec.EndpointSpec, task.endpointSpec)
  return !isRestSame || !isPlacementSame || !isEndpointSame
}

function satisfies(node: Node, template: ApiTaskSpec): boolean {
  return matchesConstraints(template.Placement?.Constraints ?? [], node)
}

function hasImage(task: Task): boolean {
  return isLive(task) && !isBefore(task, 'ready') && !isTerminal(task)
}

function withoutRuntime(template: ApiTaskSpec | undefined): ApiTaskSpec {
  const { Runtime: _, ...rest } = template ?? {}
  return rest
}

function withoutPlacement(template: ApiTaskSpec): ApiTaskSpec {
  const { Placement: _, ...rest } = template
  return rest
}
