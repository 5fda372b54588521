import { coreWords } from '../rules/amounts.ts'
import { assertNever } from '../rules/assert-never.ts'
import { parseConstraints } from '../rules/constraints.ts'
import { holdsResources, isLive } from '../rules/task-state.ts'
import type { Cluster, ClusterNode } from './cluster.ts'
import { meets } from './find-eligible.ts'
import type { Node } from './node.ts'
import type { Service } from './service.ts'
import type { Task } from './task.ts'

/** Why a node cannot take a task. */
export type Obstacle =
  | { readonly kind: 'state'; readonly state: Node['state'] }
  | { readonly kind: 'availability'; readonly availability: Node['availability'] }
  | { readonly kind: 'cpu' | 'memory'; readonly wanted: number; readonly free: number }
  | { readonly kind: 'constraint'; readonly constraint: string }
  | { readonly kind: 'platform'; readonly platform: string }
  | { readonly kind: 'port'; readonly port: string; readonly heldBy: string }
  | { readonly kind: 'max-replicas'; readonly limit: number }

/**
 * What stands in the way of a task on each node, null where nothing does that can be seen from here: plugins, cluster
 * volumes and generic resources are not known. A node is blamed on the first it fails, as the scheduler does it.
 * Source: moby/swarmkit manager/scheduler/filter.go, pipeline.go
 */
export function findObstacles(
  service: Service,
  task: Task | null,
  cluster: Cluster,
): readonly { readonly node: ClusterNode; readonly obstacle: Obstacle | null }[] {
  const nodes =
    task !== null && task.nodeId !== '' ? cluster.nodes.filter(({ node }) => node.id === task.nodeId) : cluster.nodes
  return nodes.map(node => ({ node, obstacle: findObstacle(node, service, task, cluster) }))
}

function findObstacle(entry: ClusterNode, service: Service, task: Task | null, cluster: Cluster): Obstacle | null {
  const { node } = entry
  if (node.state !== 'ready') return { kind: 'state', state: node.state }
  if (node.availability !== 'active') return { kind: 'availability', availability: node.availability }
  return (
    missingResource(entry, service, task) ??
    unmetConstraint(node, service.constraints) ??
    wrongPlatform(node, service) ??
    takenPort(entry, service, cluster) ??
    fullNode(entry, service)
  )
}

/** What is left is the capacity without the reservations of all that still runs there, that which is to stop too. */
function missingResource({ node, reserved }: ClusterNode, service: Service, task: Task | null): Obstacle | null {
  const wanted = task?.reservation ?? service.reservation
  const freeCpus = node.capacity.nanoCpus - reserved.nanoCpus
  if (wanted.nanoCpus > 0 && wanted.nanoCpus > freeCpus) {
    return { kind: 'cpu', wanted: wanted.nanoCpus, free: Math.max(0, freeCpus) }
  }
  const freeBytes = node.capacity.memoryBytes - reserved.memoryBytes
  if (wanted.memoryBytes > 0 && wanted.memoryBytes > freeBytes) {
    return { kind: 'memory', wanted: wanted.memoryBytes, free: Math.max(0, freeBytes) }
  }
  return null
}

function unmetConstraint(node: Node, constraints: readonly string[]): Obstacle | null {
  const unmet = constraints.find(constraint => {
    const parsed = parseConstraints([constraint])
    return !parsed.ok || !meets(node, parsed.constraints)
  })
  return unmet === undefined ? null : { kind: 'constraint', constraint: unmet }
}

function wrongPlatform(node: Node, service: Service): Obstacle | null {
  const { os, architecture } = node.platform
  return hasPlatform(node, service) ? null : { kind: 'platform', platform: `${os}/${architecture}` }
}

/** Whether a service's image is made for a node, as far as its spec tells. */
export function hasPlatform({ platform }: Node, { settings }: Service): boolean {
  const { platforms } = settings
  const fits = platforms.some(
    ({ os, architecture }) =>
      (os === '' || os === platform.os) &&
      (architecture === '' || usualName(architecture) === usualName(platform.architecture)),
  )
  return platforms.length === 0 || fits
}

function usualName(architecture: string): string {
  if (architecture === 'x86_64') return 'amd64'
  return architecture === 'aarch64' ? 'arm64' : architecture
}

function takenPort({ tasks }: ClusterNode, service: Service, cluster: Cluster): Obstacle | null {
  const wanted = new Set(hostPorts(service))
  if (wanted.size === 0) return null
  for (const { serviceId } of tasks.filter(({ state }) => holdsResources(state))) {
    const holder = cluster.serviceById.get(serviceId)?.service
    const port = holder === undefined ? undefined : hostPorts(holder).find(name => wanted.has(name))
    if (holder !== undefined && port !== undefined) return { kind: 'port', port, heldBy: holder.name }
  }
  return null
}

/** Of those that a service publishes on its nodes: `80/tcp`. One without a number is given any and is in nobody's way. */
export const hostPorts = ({ ports }: Service): readonly string[] =>
  ports
    .filter(({ mode, published }) => mode === 'host' && published > 0)
    .map(({ published, protocol }) => `${published}/${protocol || 'tcp'}`)

function fullNode({ tasks }: ClusterNode, { id, maxReplicasPerNode }: Service): Obstacle | null {
  if (maxReplicasPerNode === 0) return null
  const active = tasks.filter(task => task.serviceId === id && holdsResources(task.state) && isLive(task.desired))
  return active.length < maxReplicasPerNode ? null : { kind: 'max-replicas', limit: maxReplicasPerNode }
}

/** Obstacles that are told in one line: those for which this says the same. */
export function explainObstacle(obstacle: Obstacle): string {
  switch (obstacle.kind) {
    case 'state':
      return obstacle.state === 'down' ? 'down' : `not ready (${obstacle.state})`
    case 'availability':
      return obstacle.availability === 'drain' ? 'drained' : 'paused: it takes no new tasks'
    case 'cpu':
      return `too little CPU left: ${coreWords(obstacle.wanted)} wanted, ${coreWords(obstacle.free)} free`
    case 'memory':
      return `too little memory left: ${gibibytes(obstacle.wanted)} wanted, ${gibibytes(obstacle.free)} free`
    case 'constraint':
      return `does not meet ${obstacle.constraint}`
    case 'platform':
      return `is ${obstacle.platform}, for which the image is not made`
    case 'port':
      return `port ${obstacle.port} is taken by ${obstacle.heldBy}`
    case 'max-replicas':
      return `has its ${obstacle.limit} already, the most for a node`
    default:
      return assertNever(obstacle)
  }
}

const gibibytes = (bytes: number): string =>
  bytes < 2 ** 30 ? `${Math.round(bytes / 2 ** 20)} MiB` : `${(bytes / 2 ** 30).toFixed(1)} GiB`
