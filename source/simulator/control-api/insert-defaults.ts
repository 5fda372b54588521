import type { ApiServiceSpec, ApiUpdateConfig } from '../../api/service.ts'

const UPDATE = { Parallelism: 1, FailureAction: 'pause', Monitor: 5e9, MaxFailureRatio: 0, Order: 'stop-first' }

/** `?insertDefaults=true`: fills only what the spec lacks. Source: moby/swarmkit api/defaults/service.go */
export function insertDefaults(spec: ApiServiceSpec): ApiServiceSpec {
  const { ContainerSpec, Resources = {}, RestartPolicy, Placement = {}, ...rest } = spec.TaskTemplate ?? {}
  return {
    ...spec,
    TaskTemplate: {
      ContainerSpec: { StopGracePeriod: 10e9, DNSConfig: {}, ...ContainerSpec },
      Resources,
      RestartPolicy: { Condition: 'any', Delay: 5e9, MaxAttempts: 0, ...RestartPolicy },
      Placement,
      ...rest,
    },
    UpdateConfig: completeUpdate(spec.UpdateConfig),
    RollbackConfig: completeUpdate(spec.RollbackConfig),
  }
}

function completeUpdate(config: ApiUpdateConfig | null | undefined): ApiUpdateConfig {
  if (config == null) return UPDATE
  const { MaxFailureRatio = 0, Order = 'stop-first', ...first } = config
  return { ...first, Monitor: config.Monitor ?? UPDATE.Monitor, MaxFailureRatio, Order }
}
