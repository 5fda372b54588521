import type { Cluster, ClusterNode } from '../../swarm/cluster.ts'

/** The nodes that take tasks now, as far as they themselves are concerned. */
export const openNodes = ({ nodes }: Cluster): readonly ClusterNode[] =>
  nodes.filter(({ node }) => node.state === 'ready' && node.availability === 'active')
