import type { Node } from './node.ts'

/**
 * A name for each node by ID, no two alike: the hostname, with the tail of the ID where several share one, the ID
 * where a joining node has not said its hostname. `#` is in no hostname, so that `w1#q53rb` is nobody else's name.
 */
export function nameNodes(nodes: readonly Node[]): ReadonlyMap<string, string> {
  const bearers = Map.groupBy(nodes, node => node.hostname)
  const names = new Map<string, string>()
  const taken = new Set<string>()
  for (const node of nodes) {
    const isAlone = bearers.get(node.hostname)?.length === 1
    const choices = [isAlone ? node.hostname : `${node.hostname}#${node.id.slice(-5)}`, `${node.hostname}#${node.id}`]
    const name = node.hostname === '' ? node.id : (choices.find(choice => !taken.has(choice)) ?? node.id)
    names.set(node.id, name)
    taken.add(name)
  }
  return names
}
