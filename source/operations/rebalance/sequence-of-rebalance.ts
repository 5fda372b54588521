import { counted } from '../../rules/counted.ts'
import type { Operation } from '../operation.ts'
import { named } from '../phrases.ts'
import type { Sequence } from '../sequence.ts'
import type { Rebalance } from './plan-rebalance.ts'

/** What is chosen, one service after another; null where nothing is. */
export function sequenceOfRebalance(rebalance: Rebalance): Sequence | null {
  const operations = chosenServices(rebalance).map(
    ({ id, name }): Operation => ({ kind: 'force-update', serviceId: id, name }),
  )
  const [first, ...others] = operations
  if (first === undefined) return null
  const name = `rebalance ${named(operations.map(({ name }) => name))}`
  return { kind: 'sequence', name, operations: [first, ...others], undo: [] }
}

/**
 * In one sentence what mends it and how even it is: `force update api: 10 restarts; w1 carries 6 tasks, w3 0`. Contains
 * names from the cluster: untrusted.
 */
export function sayRebalance(rebalance: Rebalance): string {
  const { rows, nodes, restarts } = rebalance
  const chosen = chosenServices(rebalance)
  if (chosen.length > 0) {
    return `force update ${named(chosen.map(({ name }) => name))}: ${counted(restarts, 'restart')}; ${sayLoad(nodes)}`
  }
  const isRefused = rows.some(({ suggestedFor }) => suggestedFor !== null)
  return `${isRefused ? 'nothing is chosen' : 'no force update is needed'}: ${sayLoad(nodes)}`
}

const chosenServices = ({ rows }: Rebalance) =>
  rows.filter(({ isChosen }) => isChosen).map(({ entry }) => entry.service)

function sayLoad(nodes: Rebalance['nodes']): string {
  const byTasks = nodes.toSorted((one, other) => other.now - one.now)
  const [most, least] = [byTasks[0], byTasks.at(-1)]
  if (most === undefined || least === undefined) return 'no node takes tasks'
  if (most.now === least.now) return `each node carries ${counted(most.now, 'task')}`
  return `${most.node.name} carries ${counted(most.now, 'task')}, ${least.node.name} ${least.now}`
}
