import { assertNever } from '../rules/assert-never.ts'
import type { ClusterService } from '../swarm/cluster.ts'
import { guardLabels } from './guard-labels.ts'
import type { OperationOf, ServiceOperation } from './operation.ts'

/** As `guardOperation`, for a service that is there. */
export function guardServiceOperation(operation: ServiceOperation, entry: ClusterService): string | null {
  const { service } = entry
  switch (operation.kind) {
    case 'force-update':
      return guardForceUpdate(entry)
    case 'scale':
      return guardScale(operation, entry)
    case 'change-image':
      return service.image === operation.image ? `${service.name} has the image ${operation.image} already` : null
    case 'roll-back':
      return service.hasPrevious ? null : `${service.name} has no earlier settings to go back to`
    case 'resume-update':
      return guardResume(entry)
    case 'remove-service':
      return null
    case 'label-service':
      return guardLabels(operation, service.name, service.labels)
    default:
      return assertNever(operation)
  }
}

/** A job may be forced: every update runs it again, and `askQuestion` says so. */
function guardForceUpdate({ service }: ClusterService): string | null {
  const isEmpty = service.mode.kind === 'replicated' && service.mode.replicas === 0
  return isEmpty ? `${service.name} is scaled to 0, so there is no task to renew` : null
}

/** Source: docker/cli cli/command/service/scale.go (runServiceScale) */
function guardScale({ replicas }: OperationOf<'scale'>, { service }: ClusterService): string | null {
  const { mode, name } = service
  switch (mode.kind) {
    case 'replicated':
      return mode.replicas === replicas ? `${name} is scaled to ${replicas} already` : null
    case 'replicated-job':
      return mode.totalCompletions === replicas ? `${name} is to complete ${replicas} times already` : null
    case 'global':
    case 'global-job':
      return `${name} is global: it has one task on each node that its constraints allow, and cannot be scaled`
    default:
      return assertNever(mode)
  }
}

function guardResume({ service: { name, update } }: ClusterService): string | null {
  if (update?.state === 'paused' || update?.state === 'rollback_paused') return null
  const state = update === null ? 'no update' : update.state.replace('_', ' ')
  return `${name} has no update that is paused (${state})`
}
