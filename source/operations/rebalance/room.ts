import { holdsResources } from '../../rules/task-state.ts'
import type { Cluster, ClusterNode } from '../../swarm/cluster.ts'
import { findEligible } from '../../swarm/find-eligible.ts'
import { hasPlatform, hostPorts } from '../../swarm/find-obstacles.ts'
import type { Node } from '../../swarm/node.ts'
import type { Service } from '../../swarm/service.ts'
import { type Occupancy, occupiedAt, type Spread } from './spread.ts'

/** A node that may take tasks of a service, as it would be without those that it has. `index`: among all of them. */
export type Room = {
  readonly index: number
  readonly node: ClusterNode
  /** Active tasks of other services. */
  readonly others: number
  /** How many tasks of the service its resources and its ports can hold at the same time, those on their way out too. */
  readonly most: number
}

/**
 * Where the scheduler could place tasks of a service. A node that cannot hold one of them is left out.
 * Source: moby/swarmkit manager/scheduler/filter.go; plugins and generic resources are not known here.
 */
export function roomsFor(service: Service, cluster: Cluster, occupancy: Occupancy, own: Spread): readonly Room[] {
  const ports = new Set(hostPorts(service))
  return eligibleFor(service, cluster)
    .map(node => {
      const here = own.get(node.node.id) ?? 0
      const { active, nanoCpus, memoryBytes } = occupiedAt(occupancy, node.node.id)
      const { reservation } = service
      const { capacity } = node.node
      return {
        index: 0,
        node,
        others: active - here,
        most: Math.min(
          quotient(capacity.nanoCpus - nanoCpus + here * reservation.nanoCpus, reservation.nanoCpus),
          quotient(capacity.memoryBytes - memoryBytes + here * reservation.memoryBytes, reservation.memoryBytes),
          ports.size === 0 ? Number.POSITIVE_INFINITY : isTaken(ports, node, service, cluster) ? 0 : 1,
        ),
      }
    })
    .filter(({ most }) => most > 0)
    .map((room, index) => ({ ...room, index }))
}

/** The nodes that could take its tasks if they had room: looked up once for all services that ask for the same. */
export function eligibleFor(service: Service, cluster: Cluster): readonly ClusterNode[] {
  const known = ELIGIBLE.get(cluster) ?? new Map<string, readonly ClusterNode[]>()
  ELIGIBLE.set(cluster, known)
  const key = JSON.stringify([service.constraints, service.settings.platforms])
  const found = known.get(key)
  if (found !== undefined) return found
  const nodes = findEligible(service, cluster.nodes).filter(
    ({ node }) => node.state === 'ready' && hasPlatform(node, service),
  )
  known.set(key, nodes)
  return nodes
}

const ELIGIBLE = new WeakMap<Cluster, Map<string, readonly ClusterNode[]>>()

/** Whether it is more than being eligible that makes a node one for this service. */
export function isChoosy(service: Service): boolean {
  const { nanoCpus, memoryBytes } = service.reservation
  return nanoCpus > 0 || memoryBytes > 0 || hostPorts(service).length > 0 || service.settings.spreads.length > 0
}

const quotient = (free: number, each: number): number =>
  each <= 0 ? Number.POSITIVE_INFINITY : Math.max(0, Math.floor(free / each))

function isTaken(ports: ReadonlySet<string>, { tasks }: ClusterNode, service: Service, cluster: Cluster): boolean {
  return tasks.some(({ serviceId, state }) => {
    const holder = serviceId === service.id ? undefined : cluster.serviceById.get(serviceId)?.service
    return holder !== undefined && holdsResources(state) && hostPorts(holder).some(port => ports.has(port))
  })
}

/** Rooms as placement preferences divide them: into branches, level by level; a leaf has none. */
export type Branch = { readonly rooms: readonly Room[]; readonly branches: readonly Branch[] }

/**
 * One level for each preference that is understood; a node without the label goes to a branch of its own kind.
 * Source: moby/swarmkit manager/scheduler/nodeset.go (tree)
 */
export function branchRooms({ settings }: Service, rooms: readonly Room[]): Branch {
  return divide(
    rooms,
    settings.spreads.flatMap(spread => readLabel(spread) ?? []),
  )
}

type ReadLabel = (node: Node) => string

function divide(rooms: readonly Room[], [level, ...deeper]: readonly ReadLabel[]): Branch {
  if (level === undefined) return { rooms, branches: [] }
  const byLabel = Map.groupBy(rooms, ({ node }) => level(node.node))
  return { rooms, branches: [...byLabel.values()].map(inner => divide(inner, deeper)) }
}

function readLabel(descriptor: string): ReadLabel | null {
  const [, prefix = '', name = ''] = /^(node|engine)\.labels\.(.+)$/i.exec(descriptor) ?? []
  if (prefix === '') return null
  const isOfNode = prefix.toLowerCase() === 'node'
  return node => labelOf(isOfNode ? node.labels : node.engineLabels, name)
}

const labelOf = (labels: Readonly<Record<string, string>>, name: string): string =>
  Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
