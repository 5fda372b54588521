import { Box } from 'ink'
import { PANELS } from '../../app/navigating.ts'
import { currentView, eventRows, nodeRows, serviceRows, slotRows } from '../../app/rows.ts'
import type { Panel, State } from '../../app/state.ts'
import { assertNever } from '../../rules/assert-never.ts'
import { type Area, layoutOverview } from '../layout.ts'
import { listTitle } from '../panel-title.ts'
import { EventsPanel } from '../panels/events-panel.tsx'
import { NodesPanel } from '../panels/nodes-panel.tsx'
import { QuorumPanel, quorumRows } from '../panels/quorum-panel.tsx'
import { ServicesPanel } from '../panels/services-panel.tsx'
import { SlotsPanel } from '../panels/slots-panel.tsx'
import { joinRows, type Row, span } from '../row.ts'
import type { Looks } from '../theme.ts'

type Props = { readonly state: State; readonly body: Area; readonly looks: Looks }

/** Everything an operator asks first. */
export function Overview({ state, body, looks }: Props) {
  const { focus } = currentView(state)
  const layout = layoutOverview(body, focus, quorumRows(state, body.width, looks).length)
  const tabs = layout.hasTabs ? tabRow(state) : null
  return (
    <Box flexDirection="column">
      <QuorumPanel state={state} area={layout.quorum} looks={looks} />
      <Box>
        {layout.lists.map(({ panel, area }) => (
          <PanelOf key={panel} panel={panel} state={state} area={area} looks={looks} tabs={tabs} />
        ))}
      </Box>
      {layout.below !== null && (
        <PanelOf panel={layout.below.panel} state={state} area={layout.below.area} looks={looks} tabs={null} />
      )}
    </Box>
  )
}

type PanelOfProps = {
  readonly panel: Exclude<Panel, 'tasks'>
  readonly state: State
  readonly area: Area
  readonly looks: Looks
  readonly tabs: Row | null
}

function PanelOf({ panel, state, area, looks, tabs }: PanelOfProps) {
  const props = { state, area, looks, ...(tabs === null ? {} : { tabs }) }
  switch (panel) {
    case 'nodes':
      return <NodesPanel {...props} />
    case 'services':
      return <ServicesPanel {...props} />
    case 'slots':
      return <SlotsPanel state={state} area={area} looks={looks} />
    case 'events':
      return <EventsPanel {...props} />
    default:
      return assertNever(panel)
  }
}

/** Where one list is shown at a time, the border names them all; the one in focus stands in brackets. */
function tabRow(state: State): Row {
  const { focus } = currentView(state)
  const tabs = PANELS.overview.map(panel => {
    const title = tabTitle(state, panel)
    return panel === focus ? [span('['), ...title, span(']')] : title
  })
  return joinRows(tabs, span('  '))
}

function tabTitle(state: State, panel: Panel): Row {
  const cluster = state.reading?.cluster
  switch (panel) {
    case 'nodes':
      return listTitle(state, panel, 'Nodes', nodeRows(state).length, cluster?.nodes.length ?? 0)
    case 'services':
      return listTitle(state, panel, 'Services', serviceRows(state).length, cluster?.services.length ?? 0)
    case 'slots':
      return listTitle(state, panel, 'Slots', slotRows(state).length, slotRows(state).length)
    case 'events':
      return listTitle(state, panel, 'Events', eventRows(state).length, state.journal.length)
    case 'tasks':
      return []
    default:
      return assertNever(panel)
  }
}
