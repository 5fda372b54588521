import type { ApiEndpointSpec, ApiServiceSpec, ApiUpdateConfig } from '../../api/service.ts'
import type { ApiTaskSpec } from '../../api/task.ts'
import { convertContainer } from './convert-container.ts'
import { type Answer, granted, refused } from './refusal.ts'

/**
 * What the engine makes of a spec before the swarm sees it, and stores: enumerations spelt out, a mode chosen, nothing
 * else filled in. What it cannot make anything of it refuses itself. A service without a name has none yet.
 *
 * Source: moby/moby daemon/cluster/convert/service.go (ServiceSpecToGRPC)
 */
export function convertServiceSpec(body: ApiServiceSpec): Answer<ApiServiceSpec> {
  const template = convertTemplate(body.TaskTemplate ?? {})
  if (!template.ok) return template
  const problem =
    checkUpdateConfig(body.UpdateConfig) ?? checkUpdateConfig(body.RollbackConfig) ?? checkEndpoint(body.EndpointSpec)
  if (problem !== null) return refused(400, problem)
  const mode = body.Mode ?? {}
  if (Object.values(mode).filter(chosen => chosen !== undefined).length > 1) {
    return refused(400, 'must specify only one service mode')
  }
  return granted({
    Name: body.Name ?? '',
    Labels: body.Labels ?? {},
    TaskTemplate: template.value,
    Mode: convertMode(mode),
    ...(body.UpdateConfig && { UpdateConfig: convertUpdateConfig(body.UpdateConfig) }),
    ...(body.RollbackConfig && { RollbackConfig: convertUpdateConfig(body.RollbackConfig) }),
    ...(body.EndpointSpec && { EndpointSpec: convertEndpoint(body.EndpointSpec) }),
  })
}

function convertTemplate(template: ApiTaskSpec): Answer<ApiTaskSpec> {
  const { ContainerSpec, Resources, RestartPolicy, Placement, Networks, LogDriver, ForceUpdate, Runtime } = template
  if (Runtime === 'plugin') {
    if (!('PluginSpec' in template)) return refused(400, 'mismatched Runtime and *Spec fields')
    return refused(500, 'runtime type "plugin" only supported in experimental')
  }
  if (Runtime !== undefined && Runtime !== '' && Runtime !== 'container') return refused(400, 'unsupported runtime')
  if (ContainerSpec === undefined) return refused(400, 'mismatched Runtime and *Spec fields')
  const container = convertContainer(ContainerSpec)
  if (!container.ok) return container
  const condition = RestartPolicy?.Condition ?? ''
  if (condition !== '' && !CONDITIONS.includes(condition)) {
    return refused(400, `invalid RestartCondition: ${JSON.stringify(condition)}`)
  }
  return granted({
    ContainerSpec: container.value,
    ...(Resources && { Resources }),
    ...(RestartPolicy && { RestartPolicy: convertRestart(RestartPolicy) }),
    ...(Placement && { Placement: convertPlacement(Placement) }),
    ...(Networks && { Networks }),
    ...(LogDriver && { LogDriver }),
    ForceUpdate: ForceUpdate ?? 0,
    Runtime: 'container',
  })
}

const CONDITIONS = ['none', 'on-failure', 'any']

function convertRestart({ Condition, Delay, MaxAttempts = 0, Window }: NonNullable<ApiTaskSpec['RestartPolicy']>) {
  return {
    Condition: Condition || 'any',
    ...(Delay !== undefined && { Delay }),
    MaxAttempts,
    ...(Window !== undefined && { Window }),
  }
}

function convertPlacement({ Preferences, ...rest }: NonNullable<ApiTaskSpec['Placement']>) {
  const spreads = (Preferences ?? []).flatMap(({ Spread }) => (Spread === undefined ? [] : [Spread]))
  const kept = spreads.map(({ SpreadDescriptor = '' }) => ({ Spread: { SpreadDescriptor } }))
  return { ...rest, ...(kept.length > 0 && { Preferences: kept }) }
}

function convertMode(mode: NonNullable<ApiServiceSpec['Mode']>): NonNullable<ApiServiceSpec['Mode']> {
  if (mode.Global !== undefined) return { Global: {} }
  if (mode.GlobalJob !== undefined) return { GlobalJob: {} }
  if (mode.ReplicatedJob !== undefined) {
    const { MaxConcurrent = 1, TotalCompletions = MaxConcurrent } = mode.ReplicatedJob
    return { ReplicatedJob: { MaxConcurrent, TotalCompletions } }
  }
  return { Replicated: { Replicas: mode.Replicated?.Replicas ?? 1 } }
}

function checkUpdateConfig(config: ApiUpdateConfig | null | undefined): string | null {
  const { FailureAction = '', Order = '' } = config ?? {}
  if (!['', 'pause', 'continue', 'rollback'].includes(FailureAction)) {
    return `unrecognized update failure action ${FailureAction}`
  }
  if (!['', 'stop-first', 'start-first'].includes(Order)) return `unrecognized update order ${Order}`
  return null
}

function convertUpdateConfig({ Parallelism, Delay, FailureAction, Monitor, MaxFailureRatio, Order }: ApiUpdateConfig) {
  return {
    Parallelism: Parallelism ?? 0,
    ...(Delay && { Delay }),
    FailureAction: FailureAction || 'pause',
    ...(Monitor && { Monitor }),
    MaxFailureRatio: MaxFailureRatio ?? 0,
    Order: Order || 'stop-first',
  }
}

function checkEndpoint(endpoint: ApiEndpointSpec | null | undefined): string | null {
  const mode = endpoint?.Mode ?? ''
  return ['', 'vip', 'dnsrr'].includes(mode) ? null : `invalid resolution mode: ${JSON.stringify(mode)}`
}

/** A protocol or mode that nobody knows is taken for the usual one. */
function convertEndpoint({ Mode, Ports }: ApiEndpointSpec): ApiEndpointSpec {
  const ports = (Ports ?? []).map(({ Name, Protocol = '', TargetPort, PublishedPort, PublishMode = '' }) => ({
    ...(Name && { Name }),
    Protocol: ['udp', 'sctp'].find(protocol => protocol === Protocol.toLowerCase()) ?? 'tcp',
    ...(TargetPort && { TargetPort }),
    ...(PublishedPort && { PublishedPort }),
    PublishMode: PublishMode.toLowerCase() === 'host' ? 'host' : 'ingress',
  }))
  return { Mode: Mode || 'vip', ...(ports.length > 0 && { Ports: ports }) }
}
