import { assertNever } from '../../rules/assert-never.ts'
import type { Cluster, ClusterNode } from '../cluster.ts'
import type { QuorumAdvice, QuorumMember } from '../quorum.ts'
import type { Found } from './finding.ts'
import { ofNode, THE_MANAGERS, together } from './subjects.ts'

/** Whether the control plane would survive another loss, and what makes it weaker than it could be. */
export function checkManagers(cluster: Cluster): readonly Found[] {
  const { quorum, nodeById } = cluster
  const { members, reachable, majority, hasQuorum } = quorum
  const nodesOf = (which: (member: QuorumMember) => boolean) =>
    members.filter(which).flatMap(({ nodeId }) => {
      const node = nodeById.get(nodeId)
      return node === undefined ? [] : [ofNode(node)]
    })
  const lost = nodesOf(({ isReachable }) => !isReachable)
  return [
    ...(hasQuorum || members.length === 0
      ? []
      : together(lost, {
          kind: 'quorum-lost' as const,
          severity: 'critical' as const,
          reachable,
          members: members.length,
          majority,
        })),
    ...together(
      nodesOf(({ isDown }) => isDown),
      { kind: 'manager-down' as const, severity: 'degraded' as const, majority },
    ),
    ...together(
      nodesOf(({ isDown, isReachable }) => !isDown && !isReachable),
      { kind: 'manager-unreachable' as const, severity: 'degraded' as const },
    ),
    ...together(
      quorum.outsiders.flatMap(({ nodeId }) => subjectOf(nodeById.get(nodeId))),
      { kind: 'no-raft-member' as const, severity: 'advice' as const },
    ),
    ...(hasQuorum ? quorum.advice.flatMap(advice => weigh(advice, members.length)) : []),
  ]
}

const subjectOf = (node: ClusterNode | undefined) =>
  node === undefined || node.node.state === 'down' ? [] : [ofNode(node)]

function weigh(advice: QuorumAdvice, members: number): readonly Found[] {
  switch (advice.kind) {
    case 'single-manager':
      return [{ kind: 'single-manager', severity: 'advice', subjects: [THE_MANAGERS] }]
    case 'no-tolerance':
      return [{ kind: 'no-tolerance', severity: 'advice', subjects: [THE_MANAGERS], members }]
    case 'even-count':
      return [{ kind: 'even-managers', severity: 'advice', subjects: [THE_MANAGERS], members }]
    case 'zone': {
      const { zone, zones } = advice
      const isAll = zones.length === 1
      return [{ kind: 'one-zone', severity: 'advice', subjects: [THE_MANAGERS], zone, isAll, members }]
    }
    case 'down-but-counted':
      // Told of each such node above.
      return []
    default:
      return assertNever(advice)
  }
}
