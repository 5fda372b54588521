import { Box } from 'ink'
import { isArmed } from '../app/asking.ts'
import { currentView } from '../app/current-view.ts'
import { isPlanAwaited } from '../app/planning.ts'
import { shownRecovery } from '../app/recovering.ts'
import { isTooSmall } from '../app/size.ts'
import type { State } from '../app/state.ts'
import { EventStrip } from './event-strip.tsx'
import { Header } from './header.tsx'
import { KeyBar } from './key-bar.tsx'
import type { Area } from './layout.ts'
import { layoutDashboard } from './layout-dashboard.ts'
import { Line } from './line.tsx'
import { Help } from './overlays/help.tsx'
import { QuestionCard } from './overlays/question-card.tsx'
import { RecoveryCard } from './overlays/recovery-card.tsx'
import { Screen } from './screen.tsx'
import { NoReading } from './screens/no-reading.tsx'
import { asOld, type Looks, type TerminalLooks } from './theme.ts'
import { TooSmall } from './too-small.tsx'

/**
 * One frame, a function of the state alone: no clock, no effect, no decision. It is exactly as large as the terminal,
 * so that nothing wraps or scrolls. While readings do not come, all that was read is drawn as old.
 */
export function Dashboard({ state, looks: terminal }: { readonly state: State; readonly looks: TerminalLooks }) {
  const looks: Looks = { ...terminal, theme: state.preferences.theme }
  const { columns, rows } = state.size
  if (isTooSmall(state.size)) return <TooSmall size={state.size} looks={looks} />
  const { banner, isWhole, body, stripRows } = layoutDashboard(state, looks)
  return (
    <Box flexDirection="column" width={columns} height={rows}>
      {!isWhole && <Header state={state} looks={looks} />}
      {banner !== null && <Line row={banner} width={columns} looks={looks} />}
      <Box flexDirection="column" width={body.width} height={body.height}>
        <Body state={state} body={body} looks={looks} />
      </Box>
      {!isWhole && <EventStrip state={state} rows={stripRows} looks={looks} />}
      <KeyBar state={state} looks={looks} />
    </Box>
  )
}

type BodyProps = { readonly state: State; readonly body: Area; readonly looks: Looks }

/** The screen, and over it whatever is in front: as the keys go to the one in front. */
function Body({ state, body, looks }: BodyProps) {
  const { navigation, acting } = state
  if (navigation.isHelpOpen && acting.question === null) {
    return <Help state={state} body={body} looks={looks} />
  }
  if (state.reading === null && currentView(state).screen.kind !== 'contexts') {
    return <NoReading state={state} body={body} looks={looks} />
  }
  const isLive = state.polling.link.kind === 'live'
  const recovery = shownRecovery(state)
  return (
    <>
      <Screen state={state} body={body} looks={isLive ? looks : asOld(looks)} />
      {recovery !== null && <RecoveryCard state={state} card={recovery} body={body} looks={looks} />}
      {acting.question !== null && (
        <QuestionCard
          asked={acting.question}
          isArmed={isArmed(state)}
          isPlanAwaited={isPlanAwaited(state)}
          body={body}
          looks={looks}
        />
      )}
    </>
  )
}
