import type { Cluster } from '../cluster.ts'
import { checkImages } from './check-images.ts'
import { checkManagers } from './check-managers.ts'
import { checkNodes } from './check-nodes.ts'
import { checkRoot } from './check-root.ts'
import { checkSlots } from './check-slots.ts'
import { checkSurvival } from './check-survival.ts'
import type { Finding, FindingKind, Found } from './finding.ts'

/** What is known besides the reading. */
export type Known = {
  /** Since when each node has been seen with the availability it has, by node ID and the swarm's clock. */
  readonly availabilitySince: ReadonlyMap<string, number>
  /** Who has a node in maintenance, by node ID; untrusted text. */
  readonly maintainedBy: ReadonlyMap<string, string>
}

export const NOTHING_KNOWN: Known = { availabilitySince: new Map(), maintainedBy: new Map() }

/**
 * All that is wrong with a swarm, could go wrong, or was forgotten: the gravest first, within that what concerns the
 * most. What is alike is one finding with many subjects. Linear in the number of tasks. Without a quorum or a reading of
 * its nodes the rest is still told as it was last known.
 */
export function diagnose(cluster: Cluster, known: Known = NOTHING_KNOWN): readonly Finding[] {
  const found: readonly Found[] = [
    ...checkManagers(cluster),
    ...checkRoot(cluster),
    ...checkSlots(cluster),
    ...checkNodes(cluster, known),
    ...checkSurvival(cluster),
    ...checkImages(cluster),
  ]
  return found.map(entry => ({ ...entry, id: entry.id ?? entry.kind })).toSorted(byWeight)
}

function byWeight(one: Finding, other: Finding): number {
  return SEVERITIES.indexOf(one.severity) - SEVERITIES.indexOf(other.severity) || RANKS[one.kind] - RANKS[other.kind]
}

const SEVERITIES: readonly Finding['severity'][] = ['critical', 'degraded', 'advice']

/** The managers before the services, what can end badly before what is only untidy. */
const RANKS: Readonly<Record<FindingKind, number>> = {
  'quorum-lost': 0,
  'root-ends': 1,
  'manager-unreachable': 2,
  'manager-down': 3,
  short: 4,
  'crash-loop': 5,
  pending: 6,
  'update-paused': 7,
  'node-down': 8,
  'no-tolerance': 9,
  'single-manager': 10,
  'one-zone': 11,
  'even-managers': 12,
  'no-raft-member': 13,
  'node-unready': 14,
  'no-spare-node': 15,
  'all-on-one-node': 16,
  'single-replica': 17,
  'mixed-digests': 18,
  'moved-tag': 19,
  'unreserved-on-manager': 20,
  'dead-counted': 21,
  'dead-double': 22,
  'node-drained': 23,
  'drained-with-tasks': 24,
  'node-paused': 25,
  'mixed-engines': 26,
}

/** What is looked for, for a swarm in which nothing is found. */
export const CHECKED: readonly string[] = [
  'the managers: how many, in which zones, what they can lose',
  'the nodes: down, drained, paused, doubles, engines that differ',
  'the services: pending, crashing, paused updates, what a lost node takes with it',
  'images whose tag has moved, reservations on managers, the end of the root CA',
]
