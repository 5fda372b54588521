import { isLive } from '../../rules/task-state.ts'
import type { Cluster, ClusterService } from '../cluster.ts'
import { isUpdating } from '../update-progress.ts'
import type { Found } from './finding.ts'
import { ofService, ofSlot, together } from './subjects.ts'

/**
 * One tag, several digests: whoever wrote the tag meant one image and got two. The docker CLI writes down the digest
 * that a tag has when a service is created or updated; where it wrote none nobody can tell from here what runs.
 */
export function checkImages({ services }: Cluster): readonly Found[] {
  return [...findMovedTags(services), ...services.flatMap(findMixed)]
}

function findMovedTags(services: readonly ClusterService[]): readonly Found[] {
  const pinned = services.flatMap(service => {
    const parts = partsOf(service.service.image)
    return isWhole(parts) ? [{ service, ...parts }] : []
  })
  return [...Map.groupBy(pinned, ({ tag }) => tag)].flatMap(([tag, bearers]) =>
    new Set(bearers.map(({ digest }) => digest)).size < 2
      ? []
      : together(
          bearers.map(({ service, digest }) => ofService(service, { detail: shortDigest(digest) })),
          { id: `moved-tag ${tag}`, kind: 'moved-tag' as const, severity: 'advice' as const, image: tag },
        ),
  )
}

/** While an update is under way, or stands still, old and new are meant to differ. */
function findMixed(joined: ClusterService): readonly Found[] {
  if (isUpdating(joined.service)) return []
  const tasks = joined.slots.flatMap(slot => {
    const task = slot.tasks.find(({ state, desired }) => state === 'running' && isLive(desired))
    return task === undefined ? [] : [{ slot, image: task.image }]
  })
  const [first] = tasks
  if (tasks.every(({ image }) => image === first?.image)) return []
  const running = tasks.flatMap(({ slot, image }) => {
    const parts = partsOf(image)
    return isWhole(parts) ? [{ slot, ...parts }] : []
  })
  return [...Map.groupBy(running, ({ tag }) => tag)].flatMap(([tag, bearers]) =>
    new Set(bearers.map(({ digest }) => digest)).size < 2
      ? []
      : together(
          bearers.map(({ slot, digest }) => ofSlot(joined, slot, { detail: shortDigest(digest) })),
          {
            id: `mixed-digests ${joined.service.id} ${tag}`,
            kind: 'mixed-digests' as const,
            service: joined.service.name,
            severity: 'advice' as const,
            image: tag,
          },
        ),
  )
}

/** `nginx:1.27` and its digest; each `''` where there is none. A digest without a tag was chosen by itself. */
function partsOf(image: string): { readonly tag: string; readonly digest: string } {
  const [name = '', digest = ''] = image.split('@')
  const hasTag = name.slice(name.lastIndexOf('/') + 1).includes(':')
  return { tag: hasTag ? name : '', digest }
}

const isWhole = ({ tag, digest }: { readonly tag: string; readonly digest: string }): boolean =>
  tag !== '' && digest !== ''

/** `sha256:` and twelve digits. */
const shortDigest = (digest: string): string => digest.slice(0, 19)
