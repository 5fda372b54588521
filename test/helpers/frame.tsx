import { renderToString } from 'ink'
import type { State } from '../../source/app/state.ts'
import { Dashboard } from '../../source/view/dashboard.tsx'
import type { TerminalLooks } from '../../source/view/theme.ts'

/** What a frame says, without colours: the lines of the terminal from top to bottom, blanks at their ends left out. */
export function frameOf(state: State, looks: Partial<TerminalLooks> = {}): string {
  const dashboard = <Dashboard state={state} looks={{ depth: 1, isAscii: false, ...looks }} />
  return renderToString(dashboard, { columns: state.size.columns })
}
