import { majorityOf, tolerance } from '../rules/quorum.ts'
import type { ManagerStatus, Node } from './node.ts'
import type { Quorum, QuorumAdvice, QuorumMember } from './quorum.ts'

/** A node and the name it goes by. */
type NamedNode = { readonly node: Node; readonly name: string }

/**
 * How the managers stand and what would make them stand better. Only members of the raft count, dead ones included.
 * `zoneLabel`: the label that says where a node stands; `''`: the usual ones are tried.
 * Source: moby/swarmkit manager/state/raft/raft.go (GetMemberlist, CanRemoveMember).
 */
export function assessQuorum(nodes: readonly NamedNode[], zoneLabel: string): Quorum {
  const zoneLabels = zoneLabel === '' ? ZONE_LABELS : [zoneLabel]
  const members = nodes.flatMap(({ node, name }) =>
    node.manager === null ? [] : [memberOf(node, node.manager, name, zoneLabels)],
  )
  const reachable = members.filter(member => member.isReachable).length
  const canLose = tolerance(members.length, reachable)
  return {
    members,
    reachable,
    majority: majorityOf(members.length),
    canLose,
    hasQuorum: canLose >= 0,
    leader: members.find(member => member.isLeader) ?? null,
    outsiders: nodes
      .filter(({ node }) => node.role === 'manager' && node.manager === null)
      .map(({ node, name }) => ({ nodeId: node.id, name })),
    advice: adviceFor(members, canLose),
  }
}

const memberOf = (node: Node, manager: ManagerStatus, name: string, zoneLabels: readonly string[]): QuorumMember => ({
  nodeId: node.id,
  name,
  address: manager.address,
  isLeader: manager.isLeader,
  isReachable: manager.reachability === 'reachable',
  isDown: node.state === 'down',
  zone: zoneOf(node, zoneLabels),
})

/** Of the labels that say where a node stands the first that is set counts, the node's own before its engine's. */
const ZONE_LABELS = [
  'zone',
  'az',
  'availability-zone',
  'topology.kubernetes.io/zone',
  'datacenter',
  'dc',
  'region',
] as const

function zoneOf(node: Node, zoneLabels: readonly string[]): string {
  for (const labels of [node.labels, node.engineLabels]) {
    const label = zoneLabels.find(name => Object.hasOwn(labels, name) && labels[name] !== '')
    if (label !== undefined) return labels[label] ?? ''
  }
  return ''
}

function adviceFor(members: readonly QuorumMember[], canLose: number): readonly QuorumAdvice[] {
  const down = members.filter(member => member.isDown)
  const advice: QuorumAdvice[] = []
  if (members.length === 1) advice.push({ kind: 'single-manager' })
  if (members.length > 1 && canLose === 0) advice.push({ kind: 'no-tolerance' })
  if (members.length > 0 && members.length % 2 === 0) advice.push({ kind: 'even-count', members: members.length })
  if (down.length > 0) advice.push({ kind: 'down-but-counted', names: down.map(member => member.name) })
  return [...advice, ...zoneAdvice(members)]
}

/**
 * A zone holds so many managers that the rest is no majority. Said of the managers as they are placed, whether they
 * are reachable just now or not, and only where the number of managers promises some tolerance at all.
 */
function zoneAdvice(members: readonly QuorumMember[]): readonly QuorumAdvice[] {
  const promised = tolerance(members.length, members.length)
  if (promised < 1 || members.some(member => member.zone === '')) return []

  const byZone = Map.groupBy(members, member => member.zone)
  const zones = [...byZone]
    .map(([zone, inZone]) => ({ zone, names: inZone.map(member => member.name) }))
    .toSorted((a, b) => b.names.length - a.names.length || (a.zone < b.zone ? -1 : 1))
  const [largest] = zones
  if (largest === undefined || largest.names.length <= promised) return []
  return [{ kind: 'zone', zone: largest.zone, zones }]
}
