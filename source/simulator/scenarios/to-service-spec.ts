import type { ApiServiceSpec, ApiUpdateConfig } from '../../api/service.ts'
import type { ApiTaskSpec } from '../../api/task.ts'
import { assertNever } from '../../rules/assert-never.ts'
import type { ServiceText } from './schema/service-schema.ts'

/**
 * What the docker CLI would send for it: only what was asked for, and what goes with it. Secrets and configs have their
 * names for IDs until there is a swarm that has given them some (`find-references.ts`).
 */
export function toServiceSpec(name: string, text: ServiceText): ApiServiceSpec {
  const { restart, update, rollback, ports, networks } = text
  return {
    Name: name,
    Labels: { ...text.labels, ...stackLabel(text) },
    TaskTemplate: {
      ContainerSpec: containerOf(text),
      Resources: { Limits: resources(text.limit), Reservations: resources(text.reserve) },
      ...(restart && {
        RestartPolicy: {
          Condition: restart.condition,
          Delay: restart.delay,
          MaxAttempts: restart['max-attempts'],
          ...(restart.window !== undefined && { Window: restart.window }),
        },
      }),
      Placement: placementOf(text),
      ...(networks.length > 0 && { Networks: networks.map(name => ({ Target: name })) }),
      ForceUpdate: 0,
    },
    Mode: modeOf(text),
    ...(update && { UpdateConfig: updateConfig(update) }),
    ...(rollback && { RollbackConfig: updateConfig(rollback) }),
    EndpointSpec: { Mode: 'vip', ...(ports.length > 0 && { Ports: ports }) },
  }
}

function containerOf(text: ServiceText): NonNullable<ApiTaskSpec['ContainerSpec']> {
  const { args, env, health, secrets, configs } = text
  return {
    Image: text.image,
    ...(text.stack !== undefined && { Labels: stackLabel(text) }),
    ...(args && { Args: args }),
    ...(env && { Env: env }),
    Init: false,
    ...(text['stop-grace'] !== undefined && { StopGracePeriod: text['stop-grace'] }),
    ...(health && { Healthcheck: healthcheckOf(health) }),
    DNSConfig: {},
    ...(secrets.length > 0 && {
      Secrets: secrets.map(name => ({ File: fileOf(name), SecretID: name, SecretName: name })),
    }),
    ...(configs.length > 0 && {
      Configs: configs.map(name => ({ File: fileOf(`/${name}`), ConfigID: name, ConfigName: name })),
    }),
  }
}

function healthcheckOf({ test, interval, timeout, retries, 'start-period': startPeriod }: Health) {
  return {
    Test: ['CMD-SHELL', test],
    ...(interval !== undefined && { Interval: interval }),
    ...(timeout !== undefined && { Timeout: timeout }),
    ...(retries !== undefined && { Retries: retries }),
    ...(startPeriod !== undefined && { StartPeriod: startPeriod }),
  }
}

type Health = NonNullable<ServiceText['health']>

function placementOf({
  constraints,
  spread,
  'max-per-node': most,
}: ServiceText): NonNullable<ApiTaskSpec['Placement']> {
  return {
    ...(constraints.length > 0 && { Constraints: constraints }),
    ...(spread.length > 0 && { Preferences: spread.map(descriptor => ({ Spread: { SpreadDescriptor: descriptor } })) }),
    ...(most !== undefined && { MaxReplicas: most }),
  }
}

/** Where containers find it, for all to read. */
function fileOf(name: string): {
  readonly Name: string
  readonly UID: string
  readonly GID: string
  readonly Mode: number
} {
  return { Name: name, UID: '0', GID: '0', Mode: 0o444 }
}

function modeOf({ mode, replicas, 'max-concurrent': atOnce }: ServiceText): NonNullable<ApiServiceSpec['Mode']> {
  switch (mode) {
    case 'replicated':
      return { Replicated: { Replicas: replicas } }
    case 'global':
      return { Global: {} }
    case 'replicated-job':
      return { ReplicatedJob: { MaxConcurrent: atOnce ?? replicas, TotalCompletions: replicas } }
    case 'global-job':
      return { GlobalJob: {} }
    default:
      return assertNever(mode)
  }
}

function updateConfig(text: NonNullable<ServiceText['update']>): ApiUpdateConfig {
  return {
    Parallelism: text.parallelism,
    ...(text.delay > 0 && { Delay: text.delay }),
    FailureAction: text['on-failure'],
    Monitor: text.monitor,
    MaxFailureRatio: text['max-failure-ratio'],
    Order: text.order,
  }
}

function resources({ cpus, memory }: ServiceText['limit']): {
  readonly NanoCPUs?: number
  readonly MemoryBytes?: number
} {
  return { ...(cpus !== undefined && { NanoCPUs: cpus }), ...(memory !== undefined && { MemoryBytes: memory }) }
}

function stackLabel({ stack }: ServiceText): Readonly<Record<string, string>> {
  return stack === undefined ? {} : { 'com.docker.stack.namespace': stack }
}
