import type { RebalanceRow } from './plan-rebalance.ts'

/** Why a service is suggested, or why not, in a few words. Contains names from the cluster: untrusted. */
export function explainRow({ standing, suggestedFor, isUneven, isRenewed, entry }: RebalanceRow): string {
  if (standing.kind !== 'open') return standing.reason
  if (suggestedFor === 'service') return 'spread unevenly'
  if (suggestedFor === 'nodes') return 'fills a node that carries little'
  if (!isUneven) return 'spread evenly'
  if (!isRenewed) return 'no room for new tasks beside the old ones'
  return entry.service.updateOrder === 'start-first'
    ? 'start-first: new tasks are placed while old ones count, which may not help'
    : 'placed anew it would be no better'
}
