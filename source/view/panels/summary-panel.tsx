import { currentView } from '../../app/current-view.ts'
import { findStack } from '../../app/rows/stack-rows.ts'
import type { State } from '../../app/state.ts'
import { swarmNow } from '../../app/swarm-clock.ts'
import type { Area } from '../layout.ts'
import { machineMarks } from '../machine-marks.ts'
import { Panel } from '../panel.tsx'
import { type Row, span } from '../row.ts'
import { nodeSummary } from '../screens/node-summary.ts'
import { serviceSummary } from '../screens/service-summary.ts'
import { stackSummary } from '../screens/stack-summary.ts'
import { type Looks, titleLook } from '../theme.ts'

type Props = { readonly state: State; readonly area: Area; readonly looks: Looks }

/** What the thing is that the screen is about. */
export function SummaryPanel({ state, area, looks }: Props) {
  const { title, rows } = summaryOf(state, looks)
  return <Panel area={area} title={[span(title, titleLook(false))]} rows={rows} looks={looks} />
}

function summaryOf(state: State, looks: Looks): { readonly title: string; readonly rows: readonly Row[] } {
  const { screen } = currentView(state)
  const cluster = state.reading?.cluster
  if (cluster === undefined) return NOTHING
  if (screen.kind === 'node') {
    const entry = cluster.nodeById.get(screen.nodeId)
    if (entry === undefined) return NOTHING
    return { title: `Node ${entry.name}${machineMarks(state)(entry)}`, rows: nodeSummary(entry, state, looks) }
  }
  if (screen.kind === 'service' || screen.kind === 'slot') {
    const entry = cluster.serviceById.get(screen.serviceId)
    if (entry === undefined) return NOTHING
    return { title: `Service ${entry.service.name}`, rows: serviceSummary(entry, swarmNow(state), looks) }
  }
  if (screen.kind === 'stack') {
    const row = findStack(state, screen.stack)
    if (row === null) return NOTHING
    return { title: screen.stack === '' ? 'In no stack' : `Stack ${screen.stack}`, rows: stackSummary(row, looks) }
  }
  return NOTHING
}

const NOTHING = { title: '', rows: [] }
