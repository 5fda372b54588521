import type { ApiMachine } from '../api/simulation.ts'
import type { State } from '../app/state.ts'
import type { ClusterNode } from '../swarm/cluster.ts'

/**
 * What a simulation tells of its nodes' machines and a swarm would not: a function of the node to what stands behind its
 * name, ` (off)`, or `''` for a machine that is as it should be and in a real swarm.
 */
export function machineMarks({ simulation }: State): (entry: ClusterNode) => string {
  const words = (simulation?.seen?.machines ?? []).map(machine => [machine.name, wordOf(machine)] as const)
  const marks = new Map(words.filter(([, word]) => word !== ''))
  return ({ node }) => {
    const word = marks.get(node.hostname)
    return word === undefined ? '' : ` (${word})`
  }
}

function wordOf({ power, isCut }: ApiMachine): string {
  if (power !== 'on') return power
  return isCut ? 'cut' : ''
}
