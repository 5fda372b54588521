import { isLogWhole } from '../app/logs/log-choices.ts'
import type { State } from '../app/state.ts'
import { type Area, layoutFrame } from './layout.ts'
import { bannerRow } from './link-words.ts'
import type { Row } from './row.ts'
import type { Looks } from './theme.ts'

/** What stands where in a frame. `bodyTop`: its first line; the strip follows the body. */
export type DashboardLayout = {
  readonly banner: Row | null
  /** A log has the whole screen: there is neither a header nor a strip. */
  readonly isWhole: boolean
  readonly body: Area
  readonly bodyTop: number
  readonly stripRows: number
}

/** Drawing and pointing both ask here. */
export function layoutDashboard(state: State, looks: Looks): DashboardLayout {
  const banner = state.reading === null ? null : bannerRow(state, looks)
  const isWhole = isLogWhole(state)
  const { body, stripRows } = layoutFrame(state.size, banner === null ? 0 : 1, isWhole)
  return { banner, isWhole, body, stripRows, bodyTop: (isWhole ? 0 : 1) + (banner === null ? 0 : 1) }
}
