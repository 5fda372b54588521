import type { ApiTaskSpec } from '../../api/task.ts'
import { matchesConstraints } from '../scheduler/constraints.ts'
import type { Node } from '../world/node.ts'
import type { Service } from '../world/service.ts'
import type { Task } from '../world/task.ts'
import { isSameSpec } from './is-same-spec.ts'

/**
 * Must an update replace this task? A task whose own placement is outdated but whose node satisfies the new one is
 * left alone.
 *
 * Source: moby/swarmkit manager/orchestrator/task.go (IsTaskDirty)
 */
export function isTaskDirty(service: Service, task: Task, node: Node | undefined): boolean {
  if (task.specVersion === service.specVersion) return false
  const template = withoutRuntime(service.spec.TaskTemplate)
  const isRestDifferent = !isSameSpec(withoutPlacement(template), withoutPlacement(task.spec))
  const isEndpointDifferent = !isSameSpec(service.spec.EndpointSpec, task.endpointSpec)
  if (isRestDifferent || isEndpointDifferent) return true
  if (isSameSpec(template.Placement, task.spec.Placement)) return false
  return node === undefined || !matchesConstraints(template.Placement?.Constraints ?? [], node)
}

function withoutRuntime(template: ApiTaskSpec | undefined): ApiTaskSpec {
  const { Runtime: _, ...rest } = template ?? {}
  return rest
}

function withoutPlacement(template: ApiTaskSpec): ApiTaskSpec {
  const { Placement: _, ...rest } = template
  return rest
}
