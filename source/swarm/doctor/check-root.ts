import type { Cluster } from '../cluster.ts'
import { readRootCertificates } from '../read-swarm-settings.ts'
import type { Found } from './finding.ts'
import { THE_SWARM } from './subjects.ts'

const DAY_MS = 86_400_000
const SOON_MS = 30 * DAY_MS

/**
 * Whether the root of all certificates ends soon. While it is being changed there are two, and the one that lasts
 * longer counts.
 */
export function checkRoot({ snapshot }: Cluster): readonly Found[] {
  const ends = readRootCertificates(snapshot.trustRoot).flatMap(root => root?.validUntil ?? [])
  if (ends.length === 0) return []
  const until = Math.max(...ends)
  const leftMs = until - snapshot.takenAt
  if (leftMs > SOON_MS) return []
  const severity = leftMs <= 0 ? 'critical' : 'degraded'
  return [{ kind: 'root-ends', severity, subjects: [THE_SWARM], until, leftMs }]
}
