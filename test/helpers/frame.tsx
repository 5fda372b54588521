import { renderToString } from 'ink'
import type { State } from '../../source/app/state.ts'
import { Dashboard } from '../../source/view/dashboard.tsx'
import type { Looks } from '../../source/view/theme.ts'

/** What a frame says, without colours: the lines of the terminal from top to bottom, blanks at their ends left out. */
export function frameOf(state: State, looks: Partial<Looks> = {}): string {
  const dashboard = <Dashboard state={state} looks={{ hasColour: false, isAscii: false, ...looks }} />
  return renderToString(dashboard, { columns: state.size.columns })
}
