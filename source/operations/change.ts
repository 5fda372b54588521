import type { ApiCluster } from '../api/info.ts'
import type { ApiNodeSpec } from '../api/node.ts'
import type { ApiServiceSpec } from '../api/service.ts'
import { assertNever } from '../rules/assert-never.ts'
import type { LabelChange, NodeOperation, OperationOf, ServiceOperation } from './operation.ts'

/**
 * The spec that does what was asked, made from the one that was just read. All other fields go back as they came, also
 * those that we have no name for, since an update replaces the whole spec. Asking twice gives the same spec.
 */
export function changeNodeSpec(
  operation: Exclude<NodeOperation, { kind: 'remove-node' }>,
  spec: ApiNodeSpec,
): ApiNodeSpec {
  switch (operation.kind) {
    case 'drain':
    case 'activate':
    case 'pause': {
      const { labels } = operation
      return {
        ...spec,
        Availability: AVAILABILITY[operation.kind],
        ...(labels === undefined ? {} : { Labels: changeLabels(labels, spec.Labels) }),
      }
    }
    case 'promote':
      return { ...spec, Role: 'manager' }
    case 'demote':
      return { ...spec, Role: 'worker' }
    case 'label-node':
      return { ...spec, Labels: changeLabels(operation, spec.Labels) }
    default:
      return assertNever(operation)
  }
}

const AVAILABILITY = { drain: 'drain', activate: 'active', pause: 'pause' } as const

/**
 * As `changeNodeSpec`, for a service. A forced update that is asked again after it was refused counts from the counter
 * that is there by then; asked again after it went through, it renews the tasks a second time. A rollback sends what is
 * there: the engine puts the previous spec in its place. So does what goes on with a paused update, which any update does.
 * Source: docker/cli cli/command/service/{update,scale,rollback}.go (`--force` raises `ForceUpdate`, and that alone makes
 * every task dirty), moby/swarmkit manager/orchestrator/update/updater.go
 */
export function changeServiceSpec(
  operation: Exclude<ServiceOperation, { kind: 'remove-service' }>,
  spec: ApiServiceSpec,
): ApiServiceSpec {
  switch (operation.kind) {
    case 'force-update': {
      const forceUpdate = (spec.TaskTemplate?.ForceUpdate ?? 0) + 1
      return { ...spec, TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: forceUpdate } }
    }
    case 'scale':
      return { ...spec, Mode: changeReplicas(operation.replicas, spec.Mode) }
    case 'change-image': {
      const container = { ...spec.TaskTemplate?.ContainerSpec, Image: operation.image }
      return { ...spec, TaskTemplate: { ...spec.TaskTemplate, ContainerSpec: container } }
    }
    case 'label-service':
      return { ...spec, Labels: changeLabels(operation, spec.Labels) }
    case 'roll-back':
    case 'resume-update':
      return spec
    default:
      return assertNever(operation)
  }
}

/** What cannot be scaled goes back as it is. */
function changeReplicas(replicas: number, mode: ApiServiceSpec['Mode'] = {}): NonNullable<ApiServiceSpec['Mode']> {
  if (mode.ReplicatedJob !== undefined) {
    return { ...mode, ReplicatedJob: { ...mode.ReplicatedJob, TotalCompletions: replicas } }
  }
  if (mode.Global !== undefined || mode.GlobalJob !== undefined) return mode
  return { ...mode, Replicated: { ...mode.Replicated, Replicas: replicas } }
}

function changeLabels(
  { set, unset }: LabelChange,
  labels: Readonly<Record<string, string>> | null | undefined,
): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries({ ...labels, ...set }).filter(([name]) => !unset.includes(name)))
}

export type ApiSwarmSpec = NonNullable<ApiCluster['Spec']>

/** As `changeNodeSpec`, for the swarm as a whole. */
export function changeSwarmSpec({ limit }: OperationOf<'set-history-limit'>, spec: ApiSwarmSpec): ApiSwarmSpec {
  return { ...spec, Orchestration: { ...spec.Orchestration, TaskHistoryRetentionLimit: limit } }
}
