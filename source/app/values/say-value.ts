import { assertNever } from '../../rules/assert-never.ts'
import { repositoryOf } from '../../rules/image-repository.ts'
import type { Cluster } from '../../swarm/cluster.ts'
import { isTelling } from '../../swarm/masking.ts'
import type { Target, ValueRequest } from './value-request.ts'

/** What stands before the line in which a value is typed. */
export function signOfValue({ kind, targets }: ValueRequest): string {
  const [first] = targets
  const on =
    targets.length === 1 ? (first?.name ?? '') : `${targets.length} ${kind === 'label-node' ? 'nodes' : 'services'}`
  switch (kind) {
    case 'scale':
      return `scale ${on} to `
    case 'change-image':
      return `image of ${on}: `
    case 'label-node':
    case 'label-service':
      return `labels of ${on}: `
    case 'set-history-limit':
      return 'ended tasks a slot keeps: '
    default:
      return assertNever(kind)
  }
}

/** What is so now, and how a value is written. */
export function hintOfValue(request: ValueRequest, cluster: Cluster): string {
  switch (request.kind) {
    case 'scale':
      return `now ${presentValues(request, cluster).join(', ')}   Enter goes on, Esc does not`
    case 'change-image':
      return 'the tag, or Ctrl+U and another image   Enter goes on, Esc does not'
    case 'label-node':
    case 'label-service':
      return 'zone=a sets, zone- takes away   Enter goes on, Esc does not'
    case 'set-history-limit':
      return `now ${cluster.snapshot.swarm.historyLimit}   Enter goes on, Esc does not`
    default:
      return assertNever(request.kind)
  }
}

/** How many replicas, or completions, each service has now, each number once. */
function presentValues({ targets }: ValueRequest, { serviceById }: Cluster): readonly string[] {
  const values = targets.flatMap(({ id }) => {
    const mode = serviceById.get(id)?.service.mode
    if (mode?.kind === 'replicated') return `${mode.replicas}`
    return mode?.kind === 'replicated-job' ? `${mode.totalCompletions}` : []
  })
  return [...new Set(values)]
}

/** What stands in the line at first, and from where on it is selected: the tag of an image, which most want changed. */
export function firstValue({ kind, targets }: ValueRequest, { serviceById }: Cluster): { text: string; from: number } {
  const [target] = targets
  if (kind !== 'change-image' || target === undefined) return { text: '', from: 0 }
  const image = (serviceById.get(target.id)?.service.image ?? '').replace(/@.*$/, '')
  return { text: image, from: Math.min(image.length, repositoryOf(image).length + 1) }
}

/** What could be typed: the labels that are there, and those that others of the kind have. */
export function candidatesOfValue({ kind, targets }: ValueRequest, cluster: Cluster): readonly string[] {
  if (kind !== 'label-node' && kind !== 'label-service') return []
  const all = kind === 'label-node' ? nodeLabels(cluster) : serviceLabels(cluster)
  const own = targets.flatMap(({ id }) => Object.entries(all.get(id) ?? {}))
  const others = [...all.values()].flatMap(labels => Object.entries(labels))
  const words = [...own.map(sayLabel), ...own.map(([name]) => `${name}-`), ...others.map(sayLabel)]
  return [...new Set(words)]
}

type Labels = Readonly<Record<string, string>>

const nodeLabels = ({ nodes }: Cluster): ReadonlyMap<Target['id'], Labels> =>
  new Map(nodes.map(({ node }) => [node.id, node.labels]))

const serviceLabels = ({ services }: Cluster): ReadonlyMap<Target['id'], Labels> =>
  new Map(services.map(({ service }) => [service.id, service.labels]))

/** What a value tells of a secret is not offered. */
function sayLabel([name, value]: readonly [name: string, value: string]): string {
  if (isTelling(name, value)) return `${name}=`
  return `${name}=${/\s/.test(value) ? `"${value}"` : value}`
}
