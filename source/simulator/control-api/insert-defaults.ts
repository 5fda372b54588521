import type { ApiServiceSpec } from '../../api/service.ts'

const UPDATE = { Parallelism: 1, FailureAction: 'pause', Monitor: 5e9, MaxFailureRatio: 0, Order: 'stop-first' }

/** `?insertDefaults=true`: fills only what the spec lacks. Source: moby/swarmkit api/defaults/service.go */
export function insertDefaults(spec: ApiServiceSpec): ApiServiceSpec {
  const template = spec.TaskTemplate ?? {}
  return {
    ...spec,
    TaskTemplate: {
      ...template,
      ContainerSpec: { StopGracePeriod: 10e9, DNSConfig: {}, ...template.ContainerSpec },
      Resources: template.Resources ?? {},
      RestartPolicy: { Condition: 'any', Delay: 5e9, MaxAttempts: 0, ...template.RestartPolicy },
      Placement: template.Placement ?? {},
    },
    UpdateConfig: spec.UpdateConfig ? { Monitor: 5e9, ...spec.UpdateConfig } : UPDATE,
    RollbackConfig: spec.RollbackConfig ? { Monitor: 5e9, ...spec.RollbackConfig } : UPDATE,
  }
}
