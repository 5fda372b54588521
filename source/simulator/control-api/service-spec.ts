import type { ApiServiceSpec } from '../../api/service.ts'
import { drawBelow, type RandomState } from '../world/random.ts'

/** What the engine adds to a spec before it stores it. Source: moby/moby daemon/cluster/convert/service.go */
export function convertServiceSpec(body: ApiServiceSpec): ApiServiceSpec {
  const { Name, Labels, TaskTemplate, Mode, UpdateConfig, RollbackConfig, EndpointSpec } = body
  const { ContainerSpec, Resources, RestartPolicy, Placement, Networks, ForceUpdate } = TaskTemplate ?? {}
  const replicas = Mode?.Replicated?.Replicas ?? 1
  const isReplicated = Mode?.Replicated !== undefined || Mode === undefined || Object.keys(Mode).length === 0
  return {
    Name: Name ?? '',
    Labels: Labels ?? {},
    TaskTemplate: {
      ...(ContainerSpec && { ContainerSpec: { ...ContainerSpec, Isolation: 'default' } }),
      ...(Resources && { Resources }),
      ...(RestartPolicy && { RestartPolicy: { ...RestartPolicy, MaxAttempts: RestartPolicy.MaxAttempts ?? 0 } }),
      Placement: Placement ?? {},
      ...(Networks && { Networks }),
      ForceUpdate: ForceUpdate ?? 0,
      Runtime: 'container',
    },
    Mode: isReplicated ? { Replicated: { Replicas: replicas } } : Mode,
    ...(UpdateConfig && { UpdateConfig: { ...UpdateConfig, MaxFailureRatio: UpdateConfig.MaxFailureRatio ?? 0 } }),
    ...(RollbackConfig && {
      RollbackConfig: { ...RollbackConfig, MaxFailureRatio: RollbackConfig.MaxFailureRatio ?? 0 },
    }),
    ...(EndpointSpec && { EndpointSpec }),
  }
}

/** `?insertDefaults=true`: fills only what the spec lacks. Source: moby/swarmkit api/defaults/service.go */
export function insertDefaults(spec: ApiServiceSpec): ApiServiceSpec {
  const template = spec.TaskTemplate ?? {}
  const update = {
    Parallelism: 1,
    FailureAction: 'pause',
    Monitor: 5e9,
    MaxFailureRatio: 0,
    Order: 'stop-first',
  }
  return {
    ...spec,
    TaskTemplate: {
      ...template,
      ContainerSpec: { StopGracePeriod: 10e9, DNSConfig: {}, ...template.ContainerSpec },
      Resources: template.Resources ?? {},
      RestartPolicy: { Condition: 'any', Delay: 5e9, MaxAttempts: 0, ...template.RestartPolicy },
      Placement: template.Placement ?? {},
    },
    UpdateConfig: spec.UpdateConfig ? { Monitor: 5e9, ...spec.UpdateConfig } : update,
    RollbackConfig: spec.RollbackConfig ? { Monitor: 5e9, ...spec.RollbackConfig } : update,
    EndpointSpec: spec.EndpointSpec ?? { Mode: 'vip' },
  }
}

const ADJECTIVES = ['bold', 'calm', 'eager', 'gentle', 'keen', 'quiet', 'sharp', 'witty']
const SURNAMES = ['curie', 'darwin', 'hopper', 'lovelace', 'noether', 'shannon', 'turing', 'wozniak']

/** For a service that was given no name. Source: moby/moby pkg/namesgenerator */
export function drawName(random: RandomState): string {
  return `${ADJECTIVES[drawBelow(random, ADJECTIVES.length)]}_${SURNAMES[drawBelow(random, SURNAMES.length)]}`
}
