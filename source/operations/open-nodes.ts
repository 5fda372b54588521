import type { Cluster, ClusterNode } from '../swarm/cluster.ts'

/** The nodes that take tasks now, as far as they themselves are concerned; whether a certain task fits is another matter. */
export const openNodes = ({ nodes }: Cluster): readonly ClusterNode[] =>
  nodes.filter(({ node }) => node.state === 'ready' && node.availability === 'active')

/** Those besides this one. */
export const otherOpenNodes = ({ node }: ClusterNode, cluster: Cluster): readonly ClusterNode[] =>
  openNodes(cluster).filter(({ node: { id } }) => id !== node.id)
