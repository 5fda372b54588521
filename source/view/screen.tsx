import { Box } from 'ink'
import { currentView } from '../app/current-view.ts'
import type { State } from '../app/state.ts'
import type { Area } from './layout.ts'
import { type Band, layoutScreen, type Placed } from './layout-screen.ts'
import { titleWidth } from './panel.tsx'
import { panelTitle } from './panel-title.ts'
import { PANEL_VIEWS } from './panels/panel-of.tsx'
import { QuorumPanel, quorumRows } from './panels/quorum-panel.tsx'
import { SummaryPanel } from './panels/summary-panel.tsx'
import { Gone } from './screens/gone.tsx'
import { whatIsGone } from './screens/what-is-gone.ts'
import type { Looks } from './theme.ts'

type Props = { readonly state: State; readonly body: Area; readonly looks: Looks }

/** The screen that is looked at: its panels, each where the layout has it. */
export function Screen({ state, body, looks }: Props) {
  const gone = whatIsGone(state)
  if (gone !== null) return <Gone noun={gone} body={body} looks={looks} />
  return (
    <Box flexDirection="column">
      {placePanels(state, body, looks).map((band, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a band of a screen is its place.
        <Box key={index}>
          {band.map(placed => (
            <PlacedPanel key={placed.panel} placed={placed} state={state} looks={looks} />
          ))}
        </Box>
      ))}
    </Box>
  )
}

/** Where every panel stands; nowhere while what the screen is about is gone. */
export function placePanels(state: State, body: Area, looks: Looks): readonly Band[] {
  if (whatIsGone(state) !== null) return []
  return layoutScreen(state, body, needsQuorum(state) ? quorumRows(state, body.width, looks).length : 0)
}

const needsQuorum = (state: State): boolean => currentView(state).screen.kind === 'overview'

type PlacedProps = { readonly placed: Placed; readonly state: State; readonly looks: Looks }

function PlacedPanel({ placed: { panel, area, tabs }, state, looks }: PlacedProps) {
  if (panel === 'quorum') return <QuorumPanel state={state} area={area} looks={looks} />
  if (panel === 'summary') return <SummaryPanel state={state} area={area} looks={looks} />
  const View = PANEL_VIEWS[panel]
  return (
    <View state={state} area={area} title={panelTitle(state, panel, tabs, titleWidth(area), looks)} looks={looks} />
  )
}
