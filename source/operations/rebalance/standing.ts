import { assertNever } from '../../rules/assert-never.ts'
import type { ClusterNode, ClusterService } from '../../swarm/cluster.ts'
import type { Mount, Service, ServiceUpdate } from '../../swarm/service.ts'
import { named } from '../phrases.ts'

/**
 * How a service stands with rebalancing. `never`: it cannot be chosen. `unless-chosen`: nobody but a person takes it up.
 * `open`: it may be suggested. Reasons contain names from the cluster: untrusted.
 */
export type Standing =
  | { readonly kind: 'never'; readonly reason: string }
  | { readonly kind: 'unless-chosen'; readonly reason: string }
  | { readonly kind: 'open' }

/** What is known of it before anything is computed. `nodes`: where its tasks could be. */
export function standingOf(entry: ClusterService, nodes: readonly ClusterNode[]): Standing {
  const { service } = entry
  const obstacle = whyNever(entry, nodes)
  if (obstacle !== null) return { kind: 'never', reason: obstacle }
  const reason = whyUnlessChosen(service)
  return reason === null ? { kind: 'open' } : { kind: 'unless-chosen', reason }
}

function whyNever(
  { service, running, desired, isShort }: ClusterService,
  nodes: readonly ClusterNode[],
): string | null {
  switch (service.mode.kind) {
    case 'global':
      return 'global: one on each of its nodes'
    case 'replicated-job':
    case 'global-job':
      return 'a job: an update would run it again'
    case 'replicated':
      break
    default:
      return assertNever(service.mode)
  }
  if (service.mode.replicas === 0) return 'scaled to 0'
  const busy = whyBusy(service.update)
  if (busy !== null) return busy
  if (isShort) return `only ${running} of ${desired} run`
  const [node, other] = nodes
  if (node === undefined) return 'no node that takes tasks has room for it'
  return other === undefined ? `only ${node.name} can take its tasks` : null
}

/** Any update takes the place of the one before it, and sets a paused one going. */
function whyBusy(update: ServiceUpdate | null): string | null {
  switch (update?.state) {
    case 'updating':
      return 'an update is under way'
    case 'paused':
      return 'its update is paused'
    case 'rollback_started':
      return 'a rollback is under way'
    case 'rollback_paused':
      return 'its rollback is paused'
    default:
      return null
  }
}

function whyUnlessChosen(service: Service): string | null {
  const data = service.mounts.filter(holdsData)
  if (data.length > 0) return `data stays behind: ${named(data.map(({ source }) => source))}`
  if (service.settings.genericReservations.length > 0) {
    return `reserves ${named(service.settings.genericReservations.map(({ kind }) => kind))}, whose places are not known`
  }
  if (service.mode.kind !== 'replicated' || service.mode.replicas > 1) return null
  return service.updateOrder === 'start-first' ? 'one task only' : 'one task only: down while it moves'
}

/** What is only read must be on every node anyway, and so must a socket of the engine. */
const holdsData = ({ staysOnNode, isReadOnly, source }: Mount): boolean =>
  staysOnNode && !isReadOnly && !source.endsWith('.sock')
