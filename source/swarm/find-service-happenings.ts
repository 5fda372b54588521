import type { Cluster } from './cluster.ts'
import type { Happening } from './happening.ts'
import type { Service, ServiceUpdate } from './service.ts'

export function serviceHappenings(before: Cluster, after: Cluster): readonly Happening[] {
  return [
    ...after.services.flatMap(({ service }) => oneService(before.serviceById.get(service.id)?.service, service)),
    ...before.services
      .filter(({ service }) => !after.serviceById.has(service.id))
      .map(({ service }) => ({ at: after.snapshot.takenAt, kind: 'service-removed', service: service.name }) as const),
  ]
}

function oneService(was: Service | undefined, is: Service): readonly Happening[] {
  if (was === undefined) return [{ at: is.createdAt, kind: 'service-created', service: is.name }]

  const service = is.name
  const happenings: Happening[] = []
  if (was.mode.kind === 'replicated' && is.mode.kind === 'replicated' && was.mode.replicas !== is.mode.replicas) {
    const change = { service, from: was.mode.replicas, to: is.mode.replicas }
    happenings.push({ at: is.updatedAt, kind: 'service-scaled', ...change })
  }
  if (was.image !== is.image) {
    happenings.push({ at: is.updatedAt, kind: 'service-image-changed', service, from: was.image, to: is.image })
  }
  if (is.update !== null && isNews(was.update, is.update)) {
    const { state: to, message } = is.update
    happenings.push({
      at: timeOf(is.update),
      kind: 'update-changed',
      service,
      from: was.update?.state ?? null,
      to,
      message,
    })
  }
  return happenings
}

/** An update may begin and end between two readings: then its times alone are new. */
const isNews = (was: ServiceUpdate | null, is: ServiceUpdate) =>
  was === null || was.state !== is.state || was.startedAt !== is.startedAt || was.completedAt !== is.completedAt

/** A pause, and a rollback by itself, leave no time of their own. */
function timeOf(update: ServiceUpdate): number {
  if (update.state === 'updating') return update.startedAt ?? 0
  return update.completedAt ?? 0
}
