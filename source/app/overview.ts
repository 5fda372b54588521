import { NO_FILTER } from './filter.ts'
import type { View } from './screen.ts'

/** The first screen as it is first seen. */
export const OVERVIEW: View = {
  screen: { kind: 'overview' },
  focus: 'services',
  selection: {},
  parts: {},
  filter: NO_FILTER,
  sorts: {},
  marks: {},
}
