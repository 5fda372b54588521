import type { ApiGenericResource } from '../api/node.ts'
import type { ApiServiceSpec, ApiUpdateConfig } from '../api/service.ts'
import type { ApiMount, ApiTaskSpec } from '../api/task.ts'
import { countIn, labelsIn, listIn, numberIn, objectIn, textIn, textsIn, wordIn } from './read-field.ts'
import { readResources } from './read-node.ts'
import type { FileReference, Mount } from './service.ts'
import type { GenericResource, HealthCheck, ServiceSettings, UpdateSettings } from './service-settings.ts'

/** The settings of a spec, with Swarm's defaults. Source: moby/swarmkit api/defaults/service.go */
export function readServiceSettings(wire: ApiServiceSpec): ServiceSettings {
  const template: Partial<ApiTaskSpec> = objectIn(wire.TaskTemplate)
  const container = objectIn(template.ContainerSpec)
  const resources = objectIn(template.Resources)
  const limits = objectIn(resources.Limits)
  const placement = objectIn(template.Placement)
  return {
    command: textsIn(container.Command),
    args: textsIn(container.Args),
    environmentNames: textsIn(container.Env).map(variable => variable.split('=', 1)[0] ?? ''),
    user: textIn(container.User),
    directory: textIn(container.Dir),
    hostname: textIn(container.Hostname),
    hosts: textsIn(container.Hosts as readonly string[]),
    nameServers: textsIn(objectIn(container.DNSConfig as WireNames).Nameservers as readonly string[]),
    containerLabels: labelsIn(container.Labels),
    isReadOnly: container.ReadOnly === true,
    stopGraceMs: typeof container.StopGracePeriod === 'number' ? millisecondsIn(container.StopGracePeriod) : null,
    stopSignal: textIn(container.StopSignal),
    healthCheck: readHealthCheck(container.Healthcheck),
    logDriver: readLogDriver(template.LogDriver),
    limits: readResources(limits),
    pidsLimit: countIn(limits.Pids),
    genericReservations: readGenericResources(objectIn(resources.Reservations).GenericResources),
    restart: readRestart(template.RestartPolicy),
    updateConfig: readUpdateSettings(wire.UpdateConfig),
    rollbackConfig: readUpdateSettings(wire.RollbackConfig),
    spreads: listIn(placement.Preferences)
      .map(preference => textIn(objectIn(objectIn(preference).Spread).SpreadDescriptor))
      .filter(Boolean),
    platforms: listIn(placement.Platforms).map(element => {
      const platform = objectIn(element)
      return { os: textIn(platform.OS), architecture: textIn(platform.Architecture) }
    }),
    endpointMode: wordIn(objectIn(wire.EndpointSpec).Mode, ['vip', 'dnsrr']),
  }
}

type WireNames = { readonly Nameservers?: unknown }

/** The networks of the tasks; before API 1.25 they stood in the service itself. */
export const readNetworks = (wire: ApiServiceSpec): readonly string[] =>
  [...listIn(objectIn(wire.TaskTemplate).Networks), ...listIn(wire.Networks)]
    .map(network => textIn(objectIn(network).Target))
    .filter(Boolean)

export const readMounts = (wire: NonNullable<ApiTaskSpec['ContainerSpec']>['Mounts']): readonly Mount[] =>
  listIn(wire).map(element => {
    const mount = objectIn(element)
    return {
      type: textIn(mount.Type),
      source: textIn(mount.Source),
      target: textIn(mount.Target),
      isReadOnly: mount.ReadOnly === true,
      sizeBytes: countIn(objectIn(mount.TmpfsOptions).SizeBytes),
      staysOnNode: staysOnNode(mount),
    }
  })

/**
 * A volume without a name is another one for each task. The local driver mounts shares of the network, too.
 * Source: moby/moby volume/local/local_unix.go
 */
function staysOnNode(mount: Partial<ApiMount>): boolean {
  if (mount.Type === 'bind') return true
  if (mount.Type !== 'volume' || textIn(mount.Source) === '') return false
  const driver = objectIn(objectIn(mount.VolumeOptions).DriverConfig)
  const isLocal = ['', 'local'].includes(textIn(driver.Name))
  return isLocal && !/^(?:nfs|cifs|smb)/.test(textIn(objectIn(driver.Options).type))
}

/** `ContainerSpec.Secrets`. */
export const readSecretReferences = (wire: unknown): readonly FileReference[] =>
  readReferences(wire, 'SecretID', 'SecretName')

/** `ContainerSpec.Configs`; one that is no file has `Runtime` instead. */
export const readConfigReferences = (wire: unknown): readonly FileReference[] =>
  readReferences(wire, 'ConfigID', 'ConfigName')

function readReferences(wire: unknown, idKey: string, nameKey: string): readonly FileReference[] {
  return listIn(wire as readonly Readonly<Record<string, unknown>>[]).map(element => {
    const reference = objectIn(element)
    const file: { readonly Name?: unknown } = objectIn(reference.File as object)
    return { id: textIn(reference[idKey]), name: textIn(reference[nameKey]), target: textIn(file.Name) }
  })
}

/** No duration at all is five seconds of monitoring; so is 0, which the daemon leaves out. */
function readUpdateSettings(wire: ApiUpdateConfig | null | undefined): UpdateSettings {
  const config = objectIn(wire)
  return {
    parallelism: typeof wire === 'object' && wire !== null ? countIn(config.Parallelism) : 1,
    delayMs: millisecondsIn(config.Delay),
    failureAction: wordIn(config.FailureAction, ['pause', 'continue', 'rollback']),
    monitorMs: millisecondsIn(config.Monitor) || DEFAULT_MONITOR_MS,
    maxFailureRatio: Math.max(0, numberIn(config.MaxFailureRatio)),
    order: wordIn(config.Order, ['stop-first', 'start-first']),
  }
}

const DEFAULT_MONITOR_MS = 5_000

function readRestart(wire: ApiTaskSpec['RestartPolicy']): ServiceSettings['restart'] {
  const policy = objectIn(wire)
  return {
    delayMs: typeof policy.Delay === 'number' ? millisecondsIn(policy.Delay) : DEFAULT_RESTART_DELAY_MS,
    maxAttempts: countIn(policy.MaxAttempts),
    windowMs: millisecondsIn(policy.Window),
  }
}

const DEFAULT_RESTART_DELAY_MS = 5_000

function readHealthCheck(wire: unknown): HealthCheck | null {
  if (typeof wire !== 'object' || wire === null) return null
  const check: WireHealthCheck = objectIn(wire)
  return {
    test: textsIn(check.Test as readonly string[]),
    intervalMs: millisecondsIn(check.Interval),
    timeoutMs: millisecondsIn(check.Timeout),
    startPeriodMs: millisecondsIn(check.StartPeriod),
    retries: countIn(check.Retries),
  }
}

type WireHealthCheck = Partial<Readonly<Record<'Test' | 'Interval' | 'Timeout' | 'StartPeriod' | 'Retries', unknown>>>

function readLogDriver(wire: ApiTaskSpec['LogDriver']): ServiceSettings['logDriver'] {
  const driver = objectIn(wire)
  const name = textIn(driver.Name)
  return name === '' ? null : { name, options: labelsIn(driver.Options) }
}

export const readGenericResources = (
  wire: readonly ApiGenericResource[] | null | undefined,
): readonly GenericResource[] =>
  listIn(wire).map(element => {
    const { DiscreteResourceSpec, NamedResourceSpec } = objectIn(element)
    const discrete = objectIn(DiscreteResourceSpec)
    const named = objectIn(NamedResourceSpec)
    const name = textIn(named.Value)
    return name === ''
      ? { kind: textIn(discrete.Kind), count: countIn(discrete.Value), name: '' }
      : { kind: textIn(named.Kind), count: 1, name }
  })

const millisecondsIn = (nanoseconds: unknown): number => countIn(nanoseconds) / 1e6
