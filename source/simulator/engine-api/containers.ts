import { humanDuration } from '../../rules/duration.ts'
import { refused } from '../control-api/refusal.ts'
import type { Container } from '../world/container.ts'
import type { World } from '../world/world.ts'
import { type Call, json, type Result, resultOf } from './call.ts'
import { type Filters, hasLabel, meets, readFilters } from './filters.ts'
import { findContainer } from './find-container.ts'
import { imageId } from './images.ts'
import { readLoosely } from './read-loosely.ts'
import { formatTime } from './time.ts'

const FILTERS = [
  'ancestor',
  'before',
  'exited',
  'health',
  'id',
  'is-task',
  'label',
  'name',
  'network',
  'since',
  'status',
]
const STATES = ['created', 'restarting', 'running', 'removing', 'paused', 'exited', 'dead']

/** Those that run, newest first; all of them with `all`, `limit` or a state. Source: moby/moby daemon/list.go */
export function listContainers(call: Call): Result {
  const { world, machine, query } = call
  const read = readFilters(call, FILTERS)
  if (!read.ok) return resultOf(read, json)
  const filters = read.value
  const wrong = filters.status?.find(state => !STATES.includes(state))
  if (wrong !== undefined) return resultOf(refused(400, `invalid filter 'status=${wrong}'`), json)
  const limit = Number.parseInt(query.get('limit') ?? '', 10)
  const hasLimit = limit > 0
  const isAll = readLoosely(call, 'all') || hasLimit || filters.status !== undefined || filters.exited !== undefined
  const containers = Object.values(machine.containers)
    .toReversed()
    .filter(container => (isAll || container.state === 'running') && passes(filters, container))
  const shown = hasLimit ? containers.slice(0, limit) : containers
  return json(shown.map(container => renderItem(world, container)))
}

/** Source: moby/moby daemon/inspect.go */
export function inspectContainer(call: Call): Result {
  return resultOf(findContainer(call.machine, call.id), container => json(renderContainer(call.world, container)))
}

function passes(filters: Filters, container: Container): boolean {
  return (
    meets(filters, 'id', id => container.id.startsWith(id)) &&
    meets(filters, 'name', name => matchesName(container, name)) &&
    meets(filters, 'status', state => container.state === state) &&
    meets(filters, 'exited', code => container.state === 'exited' && container.exitCode === Number(code)) &&
    meets(filters, 'health', health => container.health === health) &&
    meets(filters, 'is-task', text => ['1', 'true', 'True'].includes(text)) &&
    meets(filters, 'network', network =>
      container.networks.some(({ id, name }) => id === network || name === network),
    ) &&
    meets(filters, 'ancestor', image => container.image === image || container.image.split(':')[0] === image) &&
    (filters.label ?? []).every(label => hasLabel(container.labels, label))
  )
}

/** A pattern, as engines take it; what is none is looked for as it stands. */
function matchesName({ name }: Container, pattern: string): boolean {
  return name.includes(pattern.replace(/^\^?\/?/, '').replace(/\$$/, ''))
}

function renderItem(world: World, container: Container) {
  return {
    Id: container.id,
    Names: [`/${container.name}`],
    Image: container.image,
    ImageID: imageId(container.image),
    Command: container.command,
    Created: Math.floor((world.epochMs + container.createdAt) / 1_000),
    Ports: renderPorts(container),
    Labels: container.labels,
    State: container.state,
    Status: describeState(world, container),
    HostConfig: { NetworkMode: networkMode(container) },
    NetworkSettings: { Networks: renderNetworks(container) },
    Mounts: [],
  }
}

/** Source: moby/moby container/state.go (String) */
function describeState(world: World, { state, startedAt, finishedAt, exitCode, health }: Container): string {
  const age = (at: number | null) => capitalise(humanDuration(world.now - (at ?? world.now)))
  switch (state) {
    case 'created':
      return 'Created'
    case 'exited':
      return `Exited (${exitCode}) ${age(finishedAt)} ago`
    case 'running':
      return `Up ${age(startedAt)}${health === 'none' ? '' : ` (${health === 'starting' ? 'health: starting' : health})`}`
    default:
      return state satisfies never
  }
}

function capitalise(text: string): string {
  return /^(about|less)/.test(text) ? `${text[0]?.toUpperCase()}${text.slice(1)}` : text
}

function renderContainer(world: World, container: Container) {
  const [path = '', ...args] = container.command.split(' ')
  const at = (time: number | null) => (time === null ? '0001-01-01T00:00:00Z' : formatTime(world, time))
  return {
    Id: container.id,
    Created: at(container.createdAt),
    Path: path,
    Args: args,
    State: {
      Status: container.state,
      Running: container.state === 'running',
      Paused: false,
      Restarting: false,
      OOMKilled: container.isOutOfMemory,
      Dead: false,
      Pid: container.pid,
      ExitCode: container.exitCode,
      Error: '',
      StartedAt: at(container.startedAt),
      FinishedAt: at(container.finishedAt),
      ...(container.health !== 'none' && { Health: { Status: container.health, FailingStreak: 0, Log: [] } }),
    },
    Image: imageId(container.image),
    Name: `/${container.name}`,
    RestartCount: 0,
    Driver: 'overlay2',
    Platform: 'linux',
    HostConfig: { NetworkMode: networkMode(container), RestartPolicy: { Name: '', MaximumRetryCount: 0 } },
    Mounts: [],
    Config: {
      Hostname: container.id.slice(0, 12),
      Tty: container.log.isTty,
      OpenStdin: false,
      Env: null,
      Cmd: container.command === '' ? null : [path, ...args],
      Image: container.image,
      Labels: container.labels,
    },
    NetworkSettings: { Ports: {}, Networks: renderNetworks(container) },
  }
}

function renderPorts({ state, ports }: Container) {
  if (state !== 'running') return []
  return ports.map(({ TargetPort, PublishedPort, Protocol }) => ({
    ...(PublishedPort !== undefined && { IP: '0.0.0.0' }),
    PrivatePort: TargetPort ?? 0,
    ...(PublishedPort !== undefined && { PublicPort: PublishedPort }),
    Type: Protocol ?? 'tcp',
  }))
}

function networkMode({ networks }: Container): string {
  return networks[0]?.name ?? 'bridge'
}

function renderNetworks({ networks }: Container): Readonly<Record<string, unknown>> {
  const names = networks.length === 0 ? [{ name: 'bridge', id: '' }] : networks
  return Object.fromEntries(
    names.map(({ name, id }) => [
      name,
      {
        IPAMConfig: null,
        Links: null,
        Aliases: null,
        MacAddress: '',
        DriverOpts: null,
        GwPriority: 0,
        NetworkID: id,
        EndpointID: '',
        Gateway: '',
        IPAddress: '',
        IPPrefixLen: 0,
        IPv6Gateway: '',
        GlobalIPv6Address: '',
        GlobalIPv6PrefixLen: 0,
        DNSNames: null,
      },
    ]),
  )
}
