import type { Cluster, ClusterNode } from '../swarm/cluster.ts'
import type { QuorumMember } from '../swarm/quorum.ts'
import { danger, info, warning } from './consequence.ts'
import type { Consequence } from './operation.ts'
import { sayTolerance, toleranceWithoutHost } from './tolerance.ts'

/** People drain a node in order to switch it off. A drained manager still votes; what its absence means is said now. */
export function switchingOffConsequences(node: ClusterNode, cluster: Cluster): readonly Consequence[] {
  const member = cluster.quorum.members.find(({ nodeId }) => nodeId === node.node.id)
  return [...(member === undefined ? [] : explainMember(member, cluster)), ...explainOurNode(node)]
}

function explainMember(member: QuorumMember, { quorum }: Cluster): readonly Consequence[] {
  const { name, isLeader, isReachable } = member
  const stays = `${name} stays a manager`
  if (!isReachable)
    return [warning(`${stays}: it cannot be reached and counts against the majority until it is demoted`)]
  if (quorum.members.length === 1) {
    return [danger(`${stays}, the only one: while it is switched off nothing in the swarm can be seen or changed`)]
  }
  const after = toleranceWithoutHost(quorum, member)
  if (after.canLose < 0) return [danger(`${stays}; switching it off loses the quorum: ${sayTolerance(after)}`)]
  return [
    (after.canLose === 0 ? danger : info)(`${stays}; while it is switched off: ${sayTolerance(after)}`),
    ...(isLeader ? [warning(`${name} leads: when it is switched off, nobody does for 10 to 20 s`)] : []),
  ]
}

const explainOurNode = ({ name, isSelf }: ClusterNode): readonly Consequence[] =>
  isSelf ? [warning(`we see the swarm through ${name}: when it is switched off, another manager must be asked`)] : []
