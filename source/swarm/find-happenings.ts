import type { Cluster } from './cluster.ts'
import { nodeHappenings } from './find-node-happenings.ts'
import { serviceHappenings } from './find-service-happenings.ts'
import { taskHappenings } from './find-task-happenings.ts'
import type { Happening } from './happening.ts'

/**
 * What happened between two readings, oldest first. Times are the swarm's own where it keeps one, held between the two
 * readings, since nodes' clocks differ; the later reading's otherwise. Nothing for readings of two different swarms.
 */
export function findHappenings(before: Cluster, after: Cluster): readonly Happening[] {
  if (before.snapshot.clusterId !== after.snapshot.clusterId) return []
  const latest = after.snapshot.takenAt
  const earliest = Math.min(before.snapshot.takenAt, latest)
  return [...nodeHappenings(before, after), ...serviceHappenings(before, after), ...taskHappenings(before, after)]
    .map(happening => ({ ...happening, at: clamp(happening.at, earliest, latest) }))
    .toSorted((a, b) => a.at - b.at || ORDER[a.kind] - ORDER[b.kind])
}

const clamp = (at: number, earliest: number, latest: number) =>
  at === 0 ? latest : Math.min(Math.max(at, earliest), latest)

/** Of what happened in one moment the cause comes first. */
const ORDER = {
  'leader-changed': 0,
  'manager-reachability-changed': 1,
  'node-joined': 2,
  'node-removed': 3,
  'node-state-changed': 4,
  'node-availability-changed': 5,
  'node-role-changed': 6,
  'service-created': 7,
  'service-removed': 8,
  'service-scaled': 9,
  'service-image-changed': 10,
  'update-changed': 11,
  'task-ended': 12,
  'task-pending': 13,
  'tasks-stopped': 14,
  'tasks-finished': 15,
  'tasks-started': 16,
} as const satisfies Record<Happening['kind'], number>
