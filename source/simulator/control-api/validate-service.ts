import type { ApiEndpointSpec, ApiServiceSpec, ApiUpdateConfig } from '../../api/service.ts'
import type { ApiTaskSpec } from '../../api/task.ts'
import { parseConstraints } from '../../rules/constraints.ts'
import { isImageReference } from '../../rules/image-reference.ts'
import { isIngress } from '../world/service.ts'
import type { Parts } from './convert-container.ts'
import { type Answer, granted, refused, refusedBySwarm } from './refusal.ts'

const NAME = /^[a-zA-Z0-9]([-_a-zA-Z0-9]*[a-zA-Z0-9])?$/
const LONGEST_NAME = 63
const MIN_NANO_CPUS = 1e6
const MIN_MEMORY = 4 * 1024 * 1024
const MIN_DURATION = 1e6
const MOST_SIGNED = 2 ** 63
const MOST_TASKS = 100_000

/**
 * May this be a service, whatever else there is? A name that is still to be drawn is no fault. Leaves out: templates in
 * the container's spec that do not expand.
 *
 * Source: moby/swarmkit manager/controlapi/service.go (validateServiceSpec), in the order of its checks
 */
export function checkServiceSpec(spec: ApiServiceSpec): Answer<null> {
  const template = spec.TaskTemplate ?? {}
  const constraints = parseConstraints(template.Placement?.Constraints ?? [])
  const problem = checkName(spec.Name ?? '') ?? checkResources(template) ?? checkRestart(template)
  if (problem !== null) return refusedBySwarm('InvalidArgument', problem)
  if (!constraints.ok) return refusedBySwarm('Unknown', constraints.error)
  const other =
    checkReferences(template.ContainerSpec as Parts | undefined) ??
    checkContainer(template) ??
    checkMode(spec) ??
    checkUpdates(spec) ??
    checkEndpoint(spec.EndpointSpec)
  if (other !== null) return refusedBySwarm('InvalidArgument', other)
  return checkSize(spec)
}

/** Names of services and networks; those of secrets and configs have a rule of their own. */
export function checkName(name: string): string | null {
  if (name === '') return null
  if (!NAME.test(name)) return 'name must be valid as a DNS name component'
  return name.length > LONGEST_NAME ? 'name must be 63 characters or fewer' : null
}

function checkResources({ Resources }: ApiTaskSpec): string | null {
  for (const resources of [Resources?.Limits, Resources?.Reservations]) {
    const { NanoCPUs: nanoCpus = 0, MemoryBytes: memory = 0 } = resources ?? {}
    if (nanoCpus !== 0 && nanoCpus < MIN_NANO_CPUS) {
      return `invalid cpu value ${formatShortest(nanoCpus / 1e9)}: Must be at least 0.001`
    }
    if (memory !== 0 && memory < MIN_MEMORY) return `invalid memory value ${memory}: Must be at least 4MiB`
  }
  return null
}

/** As Go's `%g`. */
function formatShortest(value: number): string {
  const text = Math.abs(value) < 1e-4 ? value.toExponential() : String(value)
  return text.replace(/e([+-])(\d)$/, 'e$10$2')
}

function checkRestart({ RestartPolicy }: ApiTaskSpec): string | null {
  if ((RestartPolicy?.Delay ?? 0) < 0) return 'TaskSpec: restart-delay cannot be negative'
  if ((RestartPolicy?.Window ?? 0) < 0) return 'TaskSpec: restart-window cannot be negative'
  return null
}

function checkReferences(container: Parts | undefined): string | null {
  const { Secrets = [], Configs = [], Privileges } = container ?? {}
  const secrets = Secrets.map(({ SecretID, SecretName, File }) => ({ id: SecretID, name: SecretName, File }))
  const configs = Configs.map(({ ConfigID, ConfigName, File, Runtime }) => ({
    id: ConfigID,
    name: ConfigName,
    File,
    Runtime,
  }))
  const credentials = Privileges?.CredentialSpec?.Config ?? ''
  if (credentials !== '' && !configs.some(({ id, Runtime }) => id === credentials && Runtime !== undefined)) {
    const problem = checkTargets('secret', secrets) ?? checkTargets('config', configs)
    return (
      problem ??
      `CredentialSpec references config '${credentials}', but that config isn't in config references with RuntimeTarget`
    )
  }
  return checkTargets('secret', secrets) ?? checkTargets('config', configs)
}

type Reference = {
  readonly id: string | undefined
  readonly name: string | undefined
  readonly File: { readonly Name?: string } | undefined
  readonly Runtime?: object | undefined
}

function checkTargets(kind: 'secret' | 'config', references: readonly Reference[]): string | null {
  const targets = new Map<string, string>()
  for (const { id = '', name = '', File, Runtime } of references) {
    if (id === '' || name === '') return `malformed ${kind} reference`
    if (File === undefined && Runtime === undefined) return `malformed ${kind} reference, no target provided`
    if (File === undefined) continue
    const file = File.Name ?? ''
    if (file === '') return `malformed file ${kind} reference, invalid target file name provided`
    const other = targets.get(file)
    if (other !== undefined) return `${kind} references '${other}' and '${name}' have a conflicting target: '${file}'`
    targets.set(file, name)
  }
  return null
}

function checkContainer({ ContainerSpec }: ApiTaskSpec): string | null {
  const image = ContainerSpec?.Image ?? ''
  if (image === '') return 'ContainerSpec: image reference must be provided'
  if (!isImageReference(image)) return `ContainerSpec: ${JSON.stringify(image)} is not a valid repository/tag`
  const targets = new Set<string>()
  for (const { Target = '' } of ContainerSpec?.Mounts ?? []) {
    if (targets.has(Target)) return `ContainerSpec: duplicate mount point: ${Target}`
    targets.add(Target)
  }
  const health = (ContainerSpec?.Healthcheck ?? {}) as Readonly<Record<string, number | undefined>>
  for (const field of ['Interval', 'Timeout', 'StartPeriod', 'StartInterval']) {
    const value = health[field] ?? 0
    if (value !== 0 && value < MIN_DURATION) return `ContainerSpec: ${field} in HealthConfig cannot be less than 1ms`
  }
  return (health.Retries ?? 0) < 0 ? 'ContainerSpec: Retries in HealthConfig cannot be negative' : null
}

function checkMode({ Mode }: ApiServiceSpec): string | null {
  if ((Mode?.Replicated?.Replicas ?? 0) >= MOST_SIGNED) return 'Number of replicas must be non-negative'
  if ((Mode?.ReplicatedJob?.MaxConcurrent ?? 0) >= MOST_SIGNED) return 'Maximum concurrent jobs must not be negative'
  if ((Mode?.ReplicatedJob?.TotalCompletions ?? 0) >= MOST_SIGNED) return 'Total completed jobs must not be negative'
  return null
}

/** The rollback's own settings are checked by nobody. */
function checkUpdates({ Mode, UpdateConfig }: ApiServiceSpec): string | null {
  if (Mode?.ReplicatedJob !== undefined || Mode?.GlobalJob !== undefined) {
    return UpdateConfig === undefined ? null : 'Jobs may not have an update config'
  }
  const { Delay = 0, Monitor = 0, MaxFailureRatio = 0 }: ApiUpdateConfig = UpdateConfig ?? {}
  if (Delay < 0) return 'TaskSpec: update-delay cannot be negative'
  if (Monitor < 0) return 'TaskSpec: update-monitor cannot be negative'
  if (MaxFailureRatio >= 0 && MaxFailureRatio <= 1) return null
  return 'TaskSpec: update-maxfailureratio cannot be less than 0 or bigger than 1'
}

function checkEndpoint(endpoint: ApiEndpointSpec | null | undefined): string | null {
  const taken = new Set<string>()
  for (const port of endpoint?.Ports ?? []) {
    if (endpoint?.Mode === 'dnsrr' && isIngress(port)) {
      return "EndpointSpec: port published with ingress mode can't be used with dnsrr mode"
    }
    const number = port.PublishedPort ?? 0
    if (number === 0) continue
    const key = `${port.Protocol ?? 'tcp'} ${number}`
    if (taken.has(key)) return 'EndpointSpec: duplicate published ports provided'
    taken.add(key)
  }
  return null
}

/** Swarm takes any number, and dies of it. What no machine could ever run is not simulated. */
function checkSize({ Mode }: ApiServiceSpec): Answer<null> {
  const { MaxConcurrent = 0, TotalCompletions = 0 } = Mode?.ReplicatedJob ?? {}
  const wanted = Math.max(Mode?.Replicated?.Replicas ?? 0, MaxConcurrent, TotalCompletions)
  if (wanted <= MOST_TASKS) return granted(null)
  return refused(501, `a simulated service has at most ${MOST_TASKS} tasks, not ${wanted}`)
}
