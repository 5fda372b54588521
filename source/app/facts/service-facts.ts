import { coreWords, memoryWords, shareWords, spanWords } from '../../rules/amounts.ts'
import { assertNever } from '../../rules/assert-never.ts'
import { counted } from '../../rules/counted.ts'
import { humanDuration } from '../../rules/duration.ts'
import { imageWords } from '../../swarm/cli-words.ts'
import type { Cluster, ClusterService } from '../../swarm/cluster.ts'
import { MASK, maskSetting } from '../../swarm/masking.ts'
import { readNetworkList } from '../../swarm/read-network.ts'
import type { ObjectKind } from '../../swarm/resource-ref.ts'
import type { FileReference, Mount, Port, Service } from '../../swarm/service.ts'
import type { HealthCheck, ServiceSettings, UpdateSettings } from '../../swarm/service-settings.ts'
import { stackOf } from '../../swarm/stack.ts'
import { findResource, type Resource } from '../resources.ts'
import { keepLastBy } from '../rows/keep-by.ts'
import { shownService } from '../shown-service.ts'
import type { State } from '../state.ts'
import { swarmNow } from '../swarm-clock.ts'
import { type Fact, type FactLine, fact, factList, heading, type Piece, piece } from './fact.ts'
import { placementFacts } from './placement-facts.ts'

/** The page about a service's spec: ports, mounts, networks, constraints and the nodes that satisfy them. */
export function serviceFacts(state: State): readonly Fact[] {
  const service = shownService(state)
  const cluster = state.reading?.cluster
  if (service === null || cluster === undefined) return []
  const now = Math.floor(swarmNow(state) / 1000) * 1000
  return factsOf(service, cluster, now, findResource(state, { kind: 'networks' }))
}

const factsOf = keepLastBy(
  (entry: ClusterService, cluster: Cluster, now: number, networks: Resource | null): readonly Fact[] => {
    const { service } = entry
    return [
      ...identityFacts(service, now),
      ...placementFacts(entry, cluster),
      ...networkFacts(service, networks),
      ...storageFacts(service),
      ...containerFacts(service),
      ...amountFacts(service),
      ...lifeFacts(service.settings, service.restartCondition),
      heading('Update'),
      ...updateFacts('update', service.settings.updateConfig),
      heading('Rollback'),
      ...updateFacts('rollback', service.settings.rollbackConfig),
      ...labelFacts('Labels', 'label', service.labels),
      ...labelFacts('Container labels', 'container label', service.settings.containerLabels),
    ]
  },
)

function identityFacts(service: Service, now: number): readonly Fact[] {
  const [, digest = ''] = service.image.split('@')
  const stack = stackOf(service)
  return [
    { ...fact('image', piece(imageWords(service.image), 'strong')), copies: service.image },
    ...(digest === '' ? [] : [{ ...fact('digest', piece(digest, 'quiet')), copies: digest }]),
    fact('mode', piece(sayMode(service))),
    ...(stack === '' ? [] : [{ ...fact('stack', piece(stack)), opens: { kind: 'stack', stack } as const }]),
    fact('created', piece(sayAge(service.createdAt, now))),
    fact('last written', piece(sayAge(service.updatedAt, now))),
    { ...fact('ID', piece(service.id)), copies: service.id },
  ]
}

const sayAge = (at: number, now: number): string => (at === 0 ? 'not known' : `${humanDuration(now - at)} ago`)

function sayMode({ mode }: Service): string {
  switch (mode.kind) {
    case 'replicated':
      return `replicated, ${counted(mode.replicas, 'replica')}`
    case 'global':
      return 'global: one on each node that will do'
    case 'replicated-job':
      return `replicated job: ${counted(mode.totalCompletions, 'completion')}, ${mode.maxConcurrent} at a time`
    case 'global-job':
      return 'global job: once on each node that will do'
    default:
      return assertNever(mode)
  }
}

function networkFacts(service: Service, resource: Resource | null): readonly Fact[] {
  const names = new Map(readNetworkList(resource?.value).map(({ id, name }) => [id, name]))
  const ports = service.ports.map((port, index): FactLine => ({ name: String(index), pieces: [piece(sayPort(port))] }))
  const networks = service.networks.map((target): FactLine => {
    const name = names.get(target)
    return {
      name: target,
      pieces: [piece(name ?? target, name === undefined ? 'plain' : 'strong')],
      opens: { kind: 'inspect', object: { kind: 'network', id: target } },
    }
  })
  return [
    heading('Network'),
    ...(ports.length === 0 ? [fact('ports', piece('none published', 'quiet'))] : factList('ports', ports)),
    ...(networks.length === 0 ? [fact('networks', piece('none', 'quiet'))] : factList('networks', networks)),
    fact(
      'endpoint',
      piece(service.settings.endpointMode === 'vip' ? 'one virtual address' : 'DNS round robin, no virtual address'),
    ),
  ]
}

/** A port that was not chosen is chosen by Swarm, or on its node by the engine. */
function sayPort({ protocol, target, published, mode }: Port): string {
  const where = mode === 'ingress' ? 'ingress: on every node' : 'host: on the nodes with a task'
  return `${published === 0 ? 'any free port' : published} → ${target}/${protocol}  ${where}`
}

function storageFacts({ mounts, secrets, configs }: Service): readonly Fact[] {
  if (mounts.length + secrets.length + configs.length === 0) return []
  return [
    heading('Files'),
    ...factList(
      'mounts',
      mounts.map((mount, index) => ({ name: String(index), pieces: sayMount(mount) })),
    ),
    ...factList('secrets', secrets.map(referenceLine('secret'))),
    ...factList('configs', configs.map(referenceLine('config'))),
  ]
}

const sayMount = ({ type, source, target, isReadOnly, sizeBytes }: Mount): readonly Piece[] => [
  piece(type, 'quiet'),
  ...(source !== '' ? [piece(` ${source}`)] : type === 'volume' ? [piece(' without a name', 'quiet')] : []),
  piece(` → ${target}`),
  piece(isReadOnly ? '  read-only' : '', 'quiet'),
  piece(sizeBytes === 0 ? '' : `  at most ${memoryWords(sizeBytes)}`, 'quiet'),
]

const referenceLine =
  (kind: ObjectKind) =>
  ({ id, name, target }: FileReference, index: number): FactLine => ({
    name: String(index),
    pieces: [piece(name || id), piece(target === '' ? '' : ` → ${fileWords(kind, target)}`, 'quiet')],
    opens: { kind: 'inspect', object: { kind, id } },
  })

/** A secret with no path of its own lies among the others. */
const fileWords = (kind: ObjectKind, target: string): string =>
  kind === 'secret' && !target.startsWith('/') ? `/run/secrets/${target}` : target

function containerFacts({ settings }: Service): readonly Fact[] {
  const { command, args, environmentNames, user, directory, hostname, hosts, nameServers, isReadOnly } = settings
  const facts = [
    ...textFact('command', command.map(quoteWord).join(' ')),
    ...textFact('arguments', args.map(quoteWord).join(' ')),
    ...textFact('user', user),
    ...textFact('directory', directory),
    ...textFact('hostname', hostname),
    ...factList(
      'hosts file',
      hosts.map((line, index) => ({ name: String(index), pieces: [piece(line)] })),
    ),
    ...textFact('name servers', nameServers.join(' ')),
    ...(isReadOnly ? [fact('root file system', piece('read-only'))] : []),
    ...factList(
      'environment',
      environmentNames.map((name, index) => ({
        name: String(index),
        pieces: [piece(name), piece(`=${MASK}`, 'quiet')],
      })),
    ),
    ...healthFacts(settings.healthCheck),
  ]
  return facts.length === 0 ? [] : [heading('Container'), ...facts]
}

const textFact = (label: string, text: string): readonly Fact[] => (text === '' ? [] : [fact(label, piece(text))])

const quoteWord = (word: string): string =>
  /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`

/** The engine's own spans and tries, where the service says none. Source: moby/moby daemon/health.go */
function healthFacts(check: HealthCheck | null): readonly Fact[] {
  if (check === null) return []
  const [kind, ...words] = check.test
  if (kind === 'NONE') return [fact('health check', piece('none, even if its image has one'))]
  const test = kind === undefined ? "the image's own" : words.join(' ')
  const { intervalMs, timeoutMs, retries, startPeriodMs } = check
  return [
    fact('health check', piece(test)),
    {
      ...fact(
        '',
        piece(
          `every ${spanWords(intervalMs || 30_000)}, for ${spanWords(timeoutMs || 30_000)} at most; ` +
            `unhealthy after ${counted(retries || 3, 'failure')}` +
            (startPeriodMs === 0 ? '' : `, none counted in the first ${spanWords(startPeriodMs)}`),
          'quiet',
        ),
      ),
      id: 'health check pace',
    },
  ]
}

function amountFacts({ reservation, settings }: Service): readonly Fact[] {
  const { limits, pidsLimit, genericReservations } = settings
  const say = ({ nanoCpus, memoryBytes }: typeof limits) => [
    ...(nanoCpus === 0 ? [] : [`${coreWords(nanoCpus)} CPU`]),
    ...(memoryBytes === 0 ? [] : [memoryWords(memoryBytes)]),
  ]
  const generic = genericReservations.map(({ kind, count, name }) => `${kind} ${name || count}`)
  const reserved = [...say(reservation), ...generic]
  const limited = [...say(limits), ...(pidsLimit === 0 ? [] : [counted(pidsLimit, 'PID')])]
  return [
    heading('Resources', piece('  for each task', 'quiet')),
    fact('reserved', piece(reserved.join(', ') || 'nothing', reserved.length === 0 ? 'quiet' : 'plain')),
    fact('limited to', piece(limited.join(', ') || 'what the node has', limited.length === 0 ? 'quiet' : 'plain')),
  ]
}

function lifeFacts(settings: ServiceSettings, condition: Service['restartCondition']): readonly Fact[] {
  const { stopGraceMs, stopSignal, logDriver } = settings
  return [
    heading('Life'),
    fact('restart', piece(sayRestart(settings.restart, condition))),
    fact(
      'stopping',
      piece(`${stopSignal || 'SIGTERM'}, and after ${spanWords(stopGraceMs ?? DEFAULT_GRACE_MS)} SIGKILL`),
    ),
    ...(logDriver === null
      ? []
      : [
          fact('log driver', piece(logDriver.name)),
          ...factList(
            'log options',
            Object.entries(logDriver.options).map(([name, value]) => ({
              name,
              pieces: [piece(`${name}=${maskSetting(name, value)}`)],
            })),
          ),
        ]),
  ]
}

/** Source: moby/moby container/container.go (defaultStopTimeout, defaultStopSignal) */
const DEFAULT_GRACE_MS = 10_000

function sayRestart({ delayMs, maxAttempts, windowMs }: ServiceSettings['restart'], condition: string): string {
  if (condition === 'none') return 'never'
  const when = condition === 'on-failure' ? 'after a failure' : 'always'
  const attempts = maxAttempts === 0 ? '' : `, ${counted(maxAttempts, 'time')} at most`
  const window = maxAttempts === 0 || windowMs === 0 ? '' : ` in ${spanWords(windowMs)}`
  return `${when}, ${spanWords(delayMs)} later${attempts}${window}`
}

function updateFacts(kind: 'update' | 'rollback', settings: UpdateSettings): readonly Fact[] {
  const { parallelism, delayMs, order } = settings
  const atOnce = parallelism === 0 ? 'all at once' : `${parallelism} at a time`
  return [
    {
      ...fact('pace', piece(`${atOnce}, ${delayMs === 0 ? 'no delay' : `${spanWords(delayMs)} after each`}`)),
      id: `${kind} pace`,
    },
    {
      ...fact('order', piece(order === 'stop-first' ? 'the old task stops first' : 'the new task starts first')),
      id: `${kind} order`,
    },
    { ...fact('on failure', piece(sayFailure(settings))), id: `${kind} failure` },
  ]
}

function sayFailure({ failureAction, monitorMs, maxFailureRatio }: UpdateSettings): string {
  if (failureAction === 'continue') return 'goes on, whatever happens to the new tasks'
  const action = failureAction === 'pause' ? 'pauses' : 'rolls back'
  const most =
    maxFailureRatio === 0 ? 'a new task fails' : `more than ${shareWords(maxFailureRatio)} of the new tasks fail`
  return `${action} when ${most} within ${spanWords(monitorMs)}`
}

function labelFacts(title: string, label: string, labels: Readonly<Record<string, string>>): readonly Fact[] {
  const entries = Object.entries(labels)
  if (entries.length === 0) return []
  return [
    heading(title),
    ...entries.map(([name, value]) => ({
      id: `${label} ${name}`,
      label: name,
      pieces: [piece(maskSetting(name, value))],
      copies: `${name}=${maskSetting(name, value)}`,
    })),
  ]
}
