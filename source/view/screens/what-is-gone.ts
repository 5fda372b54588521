import { currentView } from '../../app/current-view.ts'
import { servicesByStack } from '../../app/rows/service-rows.ts'
import type { State } from '../../app/state.ts'

/** What the screen is about, when the last reading has it no more; null when it is there. */
export function whatIsGone(state: State): 'node' | 'service' | 'stack' | null {
  const { screen } = currentView(state)
  const cluster = state.reading?.cluster
  if (cluster === undefined) return null
  switch (screen.kind) {
    case 'node':
      return cluster.nodeById.has(screen.nodeId) ? null : 'node'
    case 'service':
    case 'lanes':
    case 'slot':
      return cluster.serviceById.has(screen.serviceId) ? null : 'service'
    case 'stack':
      return servicesByStack(cluster).has(screen.stack) ? null : 'stack'
    default:
      return null
  }
}
