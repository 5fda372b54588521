import type { ApiNodeSpec } from '../api/node.ts'
import type { ApiServiceSpec } from '../api/service.ts'
import { assertNever } from '../rules/assert-never.ts'
import type { NodeOperation, ServiceOperation } from './operation.ts'

/**
 * The spec that does what was asked, made from the one that was just read. All other fields go back as they came, also
 * those that we have no name for, since an update replaces the whole spec. Asking twice gives the same spec.
 */
export function changeNodeSpec(operation: NodeOperation, spec: ApiNodeSpec): ApiNodeSpec {
  switch (operation.kind) {
    case 'drain':
      return { ...spec, Availability: 'drain' }
    case 'activate':
      return { ...spec, Availability: 'active' }
    case 'pause':
      return { ...spec, Availability: 'pause' }
    case 'promote':
      return { ...spec, Role: 'manager' }
    case 'demote':
      return { ...spec, Role: 'worker' }
    default:
      return assertNever(operation)
  }
}

/**
 * As `changeNodeSpec`, for a service. Asked again after an update that was refused, it counts from the counter that is
 * there by then; asked again after one that went through, it renews the tasks a second time.
 * Source: docker/cli cli/command/service/update.go (`--force` raises `ForceUpdate`, and that alone makes every task dirty).
 */
export function changeServiceSpec(operation: ServiceOperation, spec: ApiServiceSpec): ApiServiceSpec {
  switch (operation.kind) {
    case 'force-update': {
      const forceUpdate = (spec.TaskTemplate?.ForceUpdate ?? 0) + 1
      return { ...spec, TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: forceUpdate } }
    }
    default:
      return assertNever(operation.kind)
  }
}
