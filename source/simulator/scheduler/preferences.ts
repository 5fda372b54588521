import type { Node } from '../world/node.ts'
import type { Task } from '../world/task.ts'
import type { Candidate } from './filter.ts'

/** The nodes as the placement preferences divide them. `weight`: active tasks of the service on all nodes of a branch. */
export type Branch =
  | { readonly kind: 'leaf'; readonly candidates: readonly Candidate[]; weight: number }
  | { readonly kind: 'fork'; readonly branches: readonly Branch[]; weight: number }

/**
 * One level a preference; a node without the label goes to a branch of its own kind. Only `spread` over a label of the
 * node or of its engine is understood, other preferences are passed over.
 *
 * Source: moby/swarmkit manager/scheduler/nodeset.go (tree), decision_tree.go
 */
export function growTree(task: Task, candidates: readonly Candidate[]): Branch {
  const preferences = task.spec.Placement?.Preferences ?? []
  const levels = preferences.flatMap(({ Spread: spread }) => readLabel(spread?.SpreadDescriptor ?? '') ?? [])
  return grow(task, candidates, levels)
}

type ReadLabel = (node: Node) => string

function grow(task: Task, candidates: readonly Candidate[], levels: readonly ReadLabel[]): Branch {
  const [level, ...deeper] = levels
  const weight = candidates.reduce((sum, { load }) => sum + (load.activeByService[task.serviceId] ?? 0), 0)
  if (level === undefined) return { kind: 'leaf', candidates, weight }
  const byLabel = Map.groupBy(candidates, ({ node }) => level(node))
  const labels = [...byLabel.keys()].toSorted()
  return { kind: 'fork', branches: labels.map(label => grow(task, byLabel.get(label) ?? [], deeper)), weight }
}

/** The prefix in any letter case, the label's own name as it stands. */
function readLabel(descriptor: string): ReadLabel | null {
  const [, prefix = '', name = ''] = /^(node|engine)\.labels\.(.+)$/i.exec(descriptor) ?? []
  switch (prefix.toLowerCase()) {
    case 'node':
      return node => labelOf(node.spec.labels, name)
    case 'engine':
      return node => labelOf(node.description.engineLabels, name)
    default:
      return null
  }
}

function labelOf(labels: Readonly<Record<string, string>>, name: string): string {
  return Object.hasOwn(labels, name) ? (labels[name] ?? '') : ''
}
