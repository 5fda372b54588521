import type { ApiServiceSpec, ApiUpdateConfig } from '../../source/api/service.ts'
import type { ApiTaskSpec } from '../../source/api/task.ts'

/** What a case says of a service. Durations in seconds; what is not named stays as it was, or as Swarm has it. */
export type ServiceOptions = {
  readonly image?: string
  readonly replicas?: number
  readonly mode?: 'global' | 'global-job'
  readonly job?: { readonly concurrent: number; readonly total: number }
  readonly restart?: RestartOptions
  readonly update?: UpdateOptions
  readonly rollback?: UpdateOptions
  readonly constraints?: readonly string[]
  /** `node.labels.az`, from the outermost to the innermost. */
  readonly spreadOver?: readonly string[]
  readonly platforms?: readonly { readonly OS?: string; readonly Architecture?: string }[]
  readonly maxPerNode?: number
  readonly reserve?: { readonly cpus?: number; readonly memoryBytes?: number; readonly [rest: string]: unknown }
  readonly ports?: NonNullable<ApiServiceSpec['EndpointSpec']>['Ports']
  readonly labels?: Readonly<Record<string, string>>
  readonly force?: number
  /** Merged into the container's part as it is. */
  readonly container?: NonNullable<ApiTaskSpec['ContainerSpec']>
  /** Merged into the task template as it is. */
  readonly template?: Readonly<Record<string, unknown>>
}

export type RestartOptions = {
  readonly condition?: 'any' | 'on-failure' | 'none'
  readonly delay?: number
  readonly attempts?: number
  readonly window?: number
}

export type UpdateOptions = {
  readonly parallelism?: number
  readonly delay?: number
  readonly monitor?: number
  readonly action?: 'pause' | 'continue' | 'rollback'
  readonly ratio?: number
  readonly order?: 'stop-first' | 'start-first'
}

/** A spec as `docker service create` sends it. */
export function newSpec(name: string, options: ServiceOptions): ApiServiceSpec {
  const blank: ApiServiceSpec = {
    Name: name,
    Labels: {},
    TaskTemplate: {
      ContainerSpec: { Image: 'v:1', Init: false, DNSConfig: {} },
      Resources: { Limits: {}, Reservations: {} },
      Placement: {},
      ForceUpdate: 0,
    },
    Mode: modeOf(options) ?? { Replicated: { Replicas: 1 } },
    ...(options.job === undefined && options.mode !== 'global-job' && { EndpointSpec: { Mode: 'vip' } }),
  }
  return changeSpec(blank, options)
}

/** The spec with what the options name put in its place. */
export function changeSpec(spec: ApiServiceSpec, options: ServiceOptions): ApiServiceSpec {
  const template = spec.TaskTemplate ?? {}
  const { image, restart, update, rollback, constraints, spreadOver, platforms, maxPerNode, reserve, ports } = options
  const { cpus, memoryBytes, ...generic } = reserve ?? {}
  return {
    ...spec,
    ...(options.labels && { Labels: options.labels }),
    Mode: modeOf(options) ?? spec.Mode ?? {},
    TaskTemplate: {
      ...template,
      ContainerSpec: { ...template.ContainerSpec, ...(image !== undefined && { Image: image }), ...options.container },
      ...(restart && { RestartPolicy: restartPolicy(restart) }),
      ...(reserve && {
        Resources: {
          ...template.Resources,
          Reservations: {
            ...(cpus !== undefined && { NanoCPUs: cpus * 1e9 }),
            ...(memoryBytes !== undefined && { MemoryBytes: memoryBytes }),
            ...generic,
          },
        },
      }),
      Placement: {
        ...template.Placement,
        ...(constraints && { Constraints: constraints }),
        ...(spreadOver && { Preferences: spreadOver.map(label => ({ Spread: { SpreadDescriptor: label } })) }),
        ...(platforms && { Platforms: platforms }),
        ...(maxPerNode !== undefined && { MaxReplicas: maxPerNode }),
      },
      ForceUpdate: options.force ?? template.ForceUpdate ?? 0,
      ...options.template,
    },
    ...(update && { UpdateConfig: updateConfig(update) }),
    ...(rollback && { RollbackConfig: updateConfig(rollback) }),
    ...(ports && { EndpointSpec: { ...spec.EndpointSpec, Ports: ports } }),
  }
}

function modeOf({ replicas, mode, job }: ServiceOptions): ApiServiceSpec['Mode'] | null {
  if (mode === 'global') return { Global: {} }
  if (mode === 'global-job') return { GlobalJob: {} }
  if (job !== undefined) return { ReplicatedJob: { MaxConcurrent: job.concurrent, TotalCompletions: job.total } }
  return replicas === undefined ? null : { Replicated: { Replicas: replicas } }
}

/** As the CLI does it: any word about restarts stores the whole policy. */
function restartPolicy(options: RestartOptions): NonNullable<ApiTaskSpec['RestartPolicy']> {
  const { condition = 'any', delay = 5, attempts = 0, window } = options
  return {
    Condition: condition,
    Delay: delay * 1e9,
    MaxAttempts: attempts,
    ...(window !== undefined && { Window: window * 1e9 }),
  }
}

function updateConfig(options: UpdateOptions): ApiUpdateConfig {
  const { parallelism = 1, delay = 0, monitor = 5, action = 'pause', ratio = 0, order = 'stop-first' } = options
  return {
    Parallelism: parallelism,
    Delay: delay * 1e9,
    Monitor: monitor * 1e9,
    FailureAction: action,
    MaxFailureRatio: ratio,
    Order: order,
  }
}
