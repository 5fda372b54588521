import type { State } from '../../app/state.ts'
import type { Area } from '../layout.ts'
import type { Row } from '../row.ts'
import type { Looks } from '../theme.ts'

/** What every panel of a screen is drawn from. */
export type ScreenPanelProps = {
  readonly state: State
  readonly area: Area
  readonly title: Row
  readonly looks: Looks
}
