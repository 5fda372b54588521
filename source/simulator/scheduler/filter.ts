import type { ApiPort } from '../../api/service.ts'
import { parseConstraints } from '../../rules/constraints.ts'
import type { Node, NodePlugin } from '../world/node.ts'
import { isIngress } from '../world/service.ts'
import { tasksOfNode } from '../world/store.ts'
import type { NodeLoad, Swarm } from '../world/swarm.ts'
import { holdsResources, type Task } from '../world/task.ts'
import { satisfies } from './constraints.ts'
import { claimResources } from './generic-resources.ts'
import { hasPlugins, neededPlugins } from './plugins.ts'
import { attachVolumes, clusterMounts } from './volumes.ts'

export type Candidate = { readonly node: Node; readonly load: NodeLoad }

/** One reason for which a node may not do. */
export type Filter = {
  /** Null where it does not apply to the task; else whether a node passes. */
  readonly prepare: (task: Task, swarm: Swarm) => ((candidate: Candidate) => boolean) | null
  readonly explain: (nodes: number) => string
}

/**
 * In order: a node is blamed on the first it fails.
 *
 * Source: moby/swarmkit manager/scheduler/filter.go, pipeline.go
 */
export const FILTERS: readonly Filter[] = [
  {
    prepare: () => isReady,
    explain: nodes =>
      nodes === 1 ? '1 node not available for new tasks' : `${nodes} nodes not available for new tasks`,
  },
  {
    prepare: (task, swarm) => {
      const { NanoCPUs: nanoCpus = 0, MemoryBytes: memoryBytes = 0, GenericResources: generic } = reservations(task)
      const hasGeneric = (generic ?? []).length > 0
      if (nanoCpus === 0 && memoryBytes === 0 && !hasGeneric) return null
      return ({ node, load }) =>
        nanoCpus <= node.description.nanoCpus - load.nanoCpus &&
        memoryBytes <= node.description.memoryBytes - load.memoryBytes &&
        (!hasGeneric || claimResources(swarm, task, node) !== null)
    },
    explain: nodes => `insufficient resources on ${count(nodes)}`,
  },
  {
    prepare: (task, swarm) => {
      const needed: readonly NodePlugin[] = neededPlugins(swarm, task)
      return needed.length === 0 ? null : ({ node }) => hasPlugins(node, needed)
    },
    explain: nodes => `missing plugin on ${count(nodes)}`,
  },
  {
    prepare: task => {
      const texts = task.spec.Placement?.Constraints ?? []
      if (texts.length === 0) return null
      const parsed = parseConstraints(texts)
      return ({ node }) => parsed.ok && satisfies(node, parsed.constraints)
    },
    explain: nodes => `scheduling constraints not satisfied on ${count(nodes)}`,
  },
  {
    prepare: task => {
      const platforms = task.spec.Placement?.Platforms ?? []
      if (platforms.length === 0) return null
      return ({ node: { description } }) =>
        platforms.some(
          platform =>
            isOneOf(platform.OS, description.os) &&
            isOneOf(normalise(platform.Architecture), normalise(description.architecture)),
        )
    },
    explain: nodes => `unsupported platform on ${count(nodes)}`,
  },
  {
    prepare: (task, swarm) => {
      const wanted = hostPorts(task)
      if (wanted.length === 0) return null
      return ({ node }) => {
        const held = new Set(tasksOfNode(swarm, node.id).filter(holdsResources).flatMap(hostPorts))
        return !wanted.some(port => held.has(port))
      }
    },
    explain: nodes => `host-mode port already in use on ${count(nodes)}`,
  },
  {
    prepare: task => {
      const limit = task.spec.Placement?.MaxReplicas ?? 0
      if (limit === 0) return null
      return ({ load }) => (load.activeByService[task.serviceId] ?? 0) < limit
    },
    explain: () => 'max replicas per node limit exceed',
  },
  {
    prepare: (task, swarm) =>
      clusterMounts(task).length === 0 ? null : ({ node }) => attachVolumes(swarm, task, node.id) !== null,
    explain: nodes => `cannot fulfill requested CSI volume mounts on ${count(nodes)}`,
  },
]

function reservations(task: Task) {
  return task.spec.Resources?.Reservations ?? {}
}

function isReady({ node }: Candidate): boolean {
  return node.status.state === 'ready' && node.spec.availability === 'active'
}

function count(nodes: number): string {
  return nodes === 1 ? '1 node' : `${nodes} nodes`
}

/** Ports that a task takes on its node itself, `tcp/8080`; one without a number is given any and is in nobody's way. */
function hostPorts(task: Task): readonly string[] {
  return (task.endpointSpec?.Ports ?? []).filter(isFixedHostPort).map(nameOf)
}

function isFixedHostPort(port: ApiPort): boolean {
  return !isIngress(port) && (port.PublishedPort ?? 0) !== 0
}

function nameOf({ Protocol = 'tcp', PublishedPort }: ApiPort): string {
  return `${Protocol}/${PublishedPort}`
}

/** An empty word in the image's platform stands for any. */
function isOneOf(wanted: string | undefined, found: string | undefined): boolean {
  return wanted === undefined || wanted === '' || wanted === found
}

function normalise(architecture: string | undefined): string | undefined {
  if (architecture === 'x86_64') return 'amd64'
  return architecture === 'aarch64' ? 'arm64' : architecture
}
