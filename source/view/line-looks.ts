import type { CourseLine } from '../app/maintenance/course-words.ts'
import { DANGER, GOOD, KEY, type Look, PLAIN, QUIET, WARNING } from './theme.ts'

/** How the lines about a maintenance look, by their weight. */
export const LINE_LOOKS: Readonly<Record<CourseLine['weight'], Look>> = {
  plain: PLAIN,
  quiet: QUIET,
  good: GOOD,
  warning: WARNING,
  danger: DANGER,
  key: KEY,
}
