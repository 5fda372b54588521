import { lockOf, sayLock } from '../../operations/maintenance/lock.ts'
import { coreWords, memoryWords, shareWords } from '../../rules/amounts.ts'
import { capitalise } from '../../rules/capitalise.ts'
import { parseConstraints } from '../../rules/constraints.ts'
import { counted } from '../../rules/counted.ts'
import { humanDuration } from '../../rules/duration.ts'
import { shortAge } from '../../rules/short-age.ts'
import { holdsResources, isTerminal } from '../../rules/task-state.ts'
import { managerWords } from '../../swarm/cli-words.ts'
import type { Cluster, ClusterNode, ClusterService } from '../../swarm/cluster.ts'
import { maskSetting } from '../../swarm/masking.ts'
import { readNodeDetails } from '../../swarm/read-node-details.ts'
import type { GenericResource } from '../../swarm/service-settings.ts'
import { currentView } from '../current-view.ts'
import { findResource, type Resource } from '../resources.ts'
import { keepBy, keepLastBy } from '../rows/keep-by.ts'
import type { NodeSighting, Sightings, State } from '../state.ts'
import { observedNow, swarmNow } from '../swarm-clock.ts'
import { bar, type Fact, fact, factList, heading, type Piece, type PieceWeight, piece } from './fact.ts'

/** The page about one node: its labels, engine, platform, resources and manager status. */
export function nodeFacts(state: State): readonly Fact[] {
  const { screen } = currentView(state)
  const cluster = state.reading?.cluster
  if (screen.kind !== 'node' || cluster === undefined) return []
  const entry = cluster.nodeById.get(screen.nodeId)
  if (entry === undefined) return []
  return factsOf(
    entry,
    cluster,
    state.sightings.nodes[screen.nodeId],
    state.sightings.leader,
    wholeSecond(observedNow(state)),
    wholeSecond(swarmNow(state)),
    findResource(state, { kind: 'object', object: { kind: 'node', id: screen.nodeId } }),
  )
}

/** Ages are told in seconds, so a page is the same for the whole of one. */
const wholeSecond = (ms: number): number => Math.floor(ms / 1000) * 1000

const factsOf = keepLastBy(
  (
    entry: ClusterNode,
    cluster: Cluster,
    seen: NodeSighting | undefined,
    leader: Sightings['leader'],
    seenNow: number,
    now: number,
    resource: Resource | null,
  ): readonly Fact[] => [
    ...standing(entry, seen, leader, seenNow),
    ...taskFacts(entry, cluster),
    ...resourceFacts(entry, cluster, resource),
    ...labelFacts('Labels', 'label', entry.node.labels),
    ...machineFacts(entry, resource),
    ...lifeFacts(entry, now),
  ],
)

function standing(
  entry: ClusterNode,
  seen: NodeSighting | undefined,
  leader: Sightings['leader'],
  now: number,
): readonly Fact[] {
  const { node } = entry
  const since = (at: number | undefined) =>
    piece(at === undefined ? '' : `  ≥ ${shortAge(now - at)} (since we saw it)`, 'quiet')
  const isLeader = node.manager?.isLeader === true && leader?.nodeId === node.id
  return [
    fact(
      'state',
      piece(capitalise(node.state), node.state === 'ready' ? 'good' : node.state === 'down' ? 'danger' : 'warning'),
      piece(node.stateMessage === '' ? '' : `: ${node.stateMessage}`),
      since(seen?.stateSince),
    ),
    fact(
      'availability',
      piece(AVAILABILITIES[node.availability], node.availability === 'active' ? 'plain' : 'warning'),
      since(seen?.availabilitySince),
    ),
    ...(node.availability === 'drain' ? [leftFact(entry)] : []),
    ...lockFacts(entry),
    fact('role', piece(node.role, 'strong'), piece(entry.isSelf ? '  the node we look through' : '', 'quiet')),
    ...managerFacts(entry, since(isLeader ? leader.since : seen?.reachabilitySince)),
    fact('hostname', piece(node.hostname || 'not known yet')),
    fact('address', piece(node.address || 'not known yet')),
    { ...fact('ID', piece(node.id)), copies: node.id },
  ]
}

/** Anybody may have written it. */
function lockFacts({ node }: ClusterNode): readonly Fact[] {
  const lock = lockOf(node)
  return lock === null ? [] : [fact('maintenance', piece(sayLock(lock), 'warning'))]
}

const AVAILABILITIES = { active: 'Active', pause: 'Paused: keeps its tasks, gets none', drain: 'Drained' } as const

/** A drain leaves tasks that are stopping, and those of jobs, which it does not touch. */
function leftFact({ tasks, node }: ClusterNode): Fact {
  const left = tasks.filter(task => !isTerminal(task.state) && task.nodeId !== '').length
  if (left === 0) return fact('drained', piece('no task is left on it', 'good'))
  const weight = node.state === 'down' ? 'plain' : 'warning'
  return fact('drained', piece(`${counted(left, 'task')} still here: stopping, or of a job`, weight))
}

function managerFacts({ node }: ClusterNode, since: Piece): readonly Fact[] {
  const { manager, role } = node
  if (manager === null) {
    return role === 'manager' ? [fact('manager', piece('no member of the raft (yet, or any more)', 'warning'))] : []
  }
  const weight: PieceWeight = manager.reachability === 'reachable' ? 'good' : 'danger'
  return [
    fact('manager', piece(managerWords(node), manager.isLeader ? 'strong' : weight), since),
    fact('raft address', piece(manager.address)),
  ]
}

function taskFacts({ tasks, node }: ClusterNode, cluster: Cluster): readonly Fact[] {
  const counts = [...Map.groupBy(tasks, ({ state }) => state)].map(([state, group]) => `${group.length} ${state}`)
  const pinned = pinnedTo(cluster).get(node.id) ?? []
  return [
    heading('Tasks'),
    fact('tasks', piece(counts.length === 0 ? 'none' : counts.join(', '))),
    ...factList(
      'pinned here',
      pinned.map(({ service, by }) => ({
        name: `${service.service.id} ${by}`,
        pieces: [piece(service.service.name, 'strong'), piece(`  ${by}`, 'quiet')],
        opens: { kind: 'service', serviceId: service.service.id },
      })),
    ),
  ]
}

type Pinned = { readonly service: ClusterService; readonly by: string }

/** The services that a constraint ties to one node by its ID or its hostname: they cannot run anywhere else. */
const pinnedTo = keepBy((cluster: Cluster): ReadonlyMap<string, readonly Pinned[]> => {
  const pins = cluster.services.flatMap(service =>
    pinsOf(service).flatMap(({ key, value }) =>
      cluster.nodes
        .filter(({ node }) => (key === 'node.id' ? node.id : node.hostname).toLowerCase() === value.toLowerCase())
        .map(({ node }) => ({ nodeId: node.id, service, by: `${key}==${value}` })),
    ),
  )
  return Map.groupBy(pins, ({ nodeId }) => nodeId)
})

function pinsOf({ service }: ClusterService) {
  const parsed = parseConstraints(service.constraints)
  if (!parsed.ok) return []
  return parsed.constraints
    .map(({ key, ...rest }) => ({ ...rest, key: key.toLowerCase() }))
    .filter(({ key, operator }) => operator === '==' && (key === 'node.id' || key === 'node.hostname'))
}

function resourceFacts(entry: ClusterNode, cluster: Cluster, resource: Resource | null): readonly Fact[] {
  const { capacity } = entry.node
  const details = detailsOf(resource)
  return [
    heading('Resources', piece('  what tasks reserve, not what they use: Swarm does not tell of that', 'quiet')),
    amountFact('CPU', entry.reserved.nanoCpus, capacity.nanoCpus, coreWords),
    amountFact('memory', entry.reserved.memoryBytes, capacity.memoryBytes, memoryWords),
    ...genericFacts(details?.genericResources ?? [], entry, cluster),
  ]
}

function amountFact(label: string, reserved: number, capacity: number, words: (amount: number) => string): Fact {
  if (capacity === 0) return fact(label, piece(`${words(reserved)} reserved of an amount that is not known`))
  const share = reserved / capacity
  const weight: PieceWeight = share > 0.9 ? 'warning' : 'good'
  const free = reserved > capacity ? 'over' : 'free'
  return fact(
    label,
    bar(share, weight),
    piece(`${shareWords(share).padStart(4)}  `, share > 0.9 ? 'warning' : 'plain'),
    piece(`${words(reserved)} of ${words(capacity)} reserved, `),
    piece(`${words(Math.abs(capacity - reserved))} ${free}`, 'strong'),
  )
}

/** Which of them a task got stands in the task alone; how many are reserved, its service tells. */
function genericFacts(
  resources: readonly GenericResource[],
  { tasks }: ClusterNode,
  cluster: Cluster,
): readonly Fact[] {
  const counting = tasks.filter(({ state }) => holdsResources(state))
  return [...Map.groupBy(resources, ({ kind }) => kind)].map(([kind, ofKind]) => {
    const capacity = sum(ofKind.map(({ count }) => count))
    const wanted = counting.flatMap(
      ({ serviceId }) => cluster.serviceById.get(serviceId)?.service.settings.genericReservations ?? [],
    )
    const reserved = sum(wanted.filter(one => one.kind === kind).map(({ count }) => count))
    return amountFact(kind, reserved, capacity, String)
  })
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0)

const detailsOf = (resource: Resource | null) =>
  resource === null || resource.readAt === null ? null : readNodeDetails(resource.value)

/** Under a heading, each on a line of its own. */
function labelFacts(title: string, label: string, labels: Readonly<Record<string, string>>): readonly Fact[] {
  const entries = Object.entries(labels)
  if (entries.length === 0) return [heading(title), fact(`${label}s`, piece('none', 'quiet'))]
  return [
    heading(title),
    ...entries.map(([name, value]) => ({
      id: `${label} ${name}`,
      label: name,
      pieces: [
        piece(value === '' ? '(set, without a value)' : maskSetting(name, value), value === '' ? 'quiet' : 'plain'),
      ],
      copies: value === '' ? name : `${name}=${maskSetting(name, value)}`,
    })),
  ]
}

function machineFacts({ node }: ClusterNode, resource: Resource | null): readonly Fact[] {
  const { os, architecture } = node.platform
  const details = detailsOf(resource)
  const isKnown = os !== '' || architecture !== ''
  return [
    heading('Engine'),
    fact('engine', piece(node.engineVersion || 'not known yet')),
    fact('platform', piece(isKnown ? `${os}/${architecture}` : 'not known yet')),
    ...factList(
      'engine labels',
      Object.entries(node.engineLabels).map(([name, value]) => ({
        name,
        pieces: [piece(`${name}=${maskSetting(name, value)}`)],
      })),
    ),
    ...(details === null ? [unreadFact(resource)] : detailFacts(details)),
  ]
}

function unreadFact(resource: Resource | null): Fact {
  const isFailed = resource !== null && resource.problem !== null
  return fact('plugins', piece(isFailed ? 'could not be read' : 'being read', isFailed ? 'warning' : 'quiet'))
}

function detailFacts({ plugins, certificateIssuer }: ReturnType<typeof readNodeDetails>): readonly Fact[] {
  return [
    ...[...plugins].map(([kind, names]) => fact(`${kind.toLowerCase()} plugins`, piece(names.join(', ')))),
    ...(certificateIssuer === '' ? [] : [fact('TLS issuer', piece(certificateIssuer))]),
  ]
}

function lifeFacts({ node }: ClusterNode, now: number): readonly Fact[] {
  return [
    fact('joined', piece(node.createdAt === 0 ? 'not known' : `${humanDuration(now - node.createdAt)} ago`)),
    fact('last written', piece(node.updatedAt === 0 ? 'not known' : `${humanDuration(now - node.updatedAt)} ago`)),
  ]
}
