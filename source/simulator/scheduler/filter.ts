import { parseConstraints } from '../../rules/constraints.ts'
import type { Node } from '../world/node.ts'
import type { NodeLoad } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import { satisfies } from './constraints.ts'

export type Candidate = { readonly node: Node; readonly load: NodeLoad }

/** One reason for which a node may not do. */
export type Filter = {
  /** Null where it does not apply to the task; else whether a node passes. */
  readonly prepare: (task: Task) => ((candidate: Candidate) => boolean) | null
  readonly explain: (nodes: number) => string
}

/**
 * In order: a node is blamed on the first it fails.
 *
 * Source: moby/swarmkit manager/scheduler/filter.go, pipeline.go
 * Leaves out for now: plugins, host-mode ports, cluster volumes.
 */
export const FILTERS: readonly Filter[] = [
  {
    prepare: () => isReady,
    explain: nodes =>
      nodes === 1 ? '1 node not available for new tasks' : `${nodes} nodes not available for new tasks`,
  },
  {
    prepare: task => {
      const { NanoCPUs: nanoCpus = 0, MemoryBytes: memoryBytes = 0 } = task.spec.Resources?.Reservations ?? {}
      if (nanoCpus === 0 && memoryBytes === 0) return null
      return ({ node, load }) =>
        nanoCpus <= node.description.nanoCpus - load.nanoCpus &&
        memoryBytes <= node.description.memoryBytes - load.memoryBytes
    },
    explain: nodes => `insufficient resources on ${count(nodes)}`,
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
    prepare: task => {
      const limit = task.spec.Placement?.MaxReplicas ?? 0
      if (limit === 0) return null
      return ({ load }) => (load.activeByService[task.serviceId] ?? 0) < limit
    },
    explain: () => 'max replicas per node limit exceed',
  },
]

function isReady({ node }: Candidate): boolean {
  return node.status.state === 'ready' && node.spec.availability === 'active'
}

function count(nodes: number): string {
  return nodes === 1 ? '1 node' : `${nodes} nodes`
}

/** An empty word in the image's platform stands for any. */
function isOneOf(wanted: string | undefined, found: string | undefined): boolean {
  return wanted === undefined || wanted === '' || wanted === found
}

function normalise(architecture: string | undefined): string | undefined {
  if (architecture === 'x86_64') return 'amd64'
  return architecture === 'aarch64' ? 'arm64' : architecture
}
