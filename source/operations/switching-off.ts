import type { Cluster, ClusterNode } from '../swarm/cluster.ts'
import type { QuorumMember } from '../swarm/quorum.ts'
import { danger, info, warning } from './consequence.ts'
import type { Consequence } from './operation.ts'
import { listed } from './phrases.ts'
import { sayTolerance, toleranceWithoutHosts } from './tolerance.ts'

/** People drain nodes in order to switch them off. A drained manager still votes; what its absence means is said now. */
export function switchingOffConsequences(nodes: readonly ClusterNode[], cluster: Cluster): readonly Consequence[] {
  const ids = new Set(nodes.map(({ node }) => node.id))
  const members = cluster.quorum.members.filter(({ nodeId }) => ids.has(nodeId))
  const silent = members.filter(({ isReachable }) => !isReachable)
  return [
    ...silent.map(({ name }) =>
      warning(`${name} stays a manager: it cannot be reached and counts against the majority until it is demoted`),
    ),
    ...explainMembers(
      members.filter(({ isReachable }) => isReachable),
      cluster,
    ),
    ...nodes.filter(({ isSelf }) => isSelf).map(explainOurNode),
  ]
}

function explainMembers(members: readonly QuorumMember[], { quorum }: Cluster): readonly Consequence[] {
  const [first, ...others] = members
  if (first === undefined) return []
  const isOne = others.length === 0
  const stays = `${listed(members.map(({ name }) => name))} ${isOne ? 'stays a manager' : 'stay managers'}`
  if (quorum.members.length === 1) {
    return [danger(`${stays}, the only one: while it is switched off nothing in the swarm can be seen or changed`)]
  }
  const after = toleranceWithoutHosts(quorum, members)
  const off = isOne ? 'it is' : 'all of them are'
  const switchingOff = isOne ? 'switching it off' : 'switching all of them off together'
  if (after.canLose < 0) return [danger(`${stays}; ${switchingOff} loses the quorum: ${sayTolerance(after)}`)]
  return [
    (after.canLose === 0 ? danger : info)(`${stays}; while ${off} switched off: ${sayTolerance(after)}`),
    ...members
      .filter(({ isLeader }) => isLeader)
      .map(({ name }) => warning(`${name} leads: when it is switched off, nobody does for 10 to 20 s`)),
  ]
}

const explainOurNode = ({ name }: ClusterNode): Consequence =>
  warning(`we see the swarm through ${name}: when it is switched off, another manager must be asked`)
