import { assertNever } from '../rules/assert-never.ts'
import { currentView } from './current-view.ts'
import { inspectedObject } from './inspect/inspected-object.ts'
import type { Binding } from './keys.ts'
import { subjectHere } from './logs/log-subject.ts'
import type { MaintenanceAction } from './maintenance/maintenance-keys.ts'
import type { PlainKind } from './meant-operations.ts'
import { targetOf } from './opening.ts'
import { columnNames, isList } from './rows/panel-rows.ts'
import { PANELS } from './screen.ts'
import { shownService } from './shown-service.ts'
import type { State } from './state.ts'

/** Whether a key would do something here and now: what would not has no place in the key bar, only in the help. */
export function isUseful(state: State, { intent }: Binding): boolean {
  const { screen, focus, filter, marks } = currentView(state)
  switch (intent.kind) {
    case 'open':
      return isList(focus) && (targetOf(state, focus) !== null || OPEN_BY_THEMSELVES.has(focus))
    case 'back':
      return state.navigation.stack.length > 1 || filter.text !== '' || (marks[focus] ?? []).length > 0
    case 'go':
      return screen.kind === 'overview'
    case 'next-panel':
      return PANELS[screen.kind].length > 1
    case 'logs':
      return focus !== 'logs' && subjectHere(state) !== null
    case 'inspect':
      return focus !== 'inspect' && inspectedObject(state) !== null
    case 'why':
    case 'lanes':
      return isOfService(state)
    case 'operate':
      return canBeAsked(state, intent.operation)
    case 'maintain':
      return isHeard(state, intent.action)
    case 'sort':
      return columnNames(focus).length > 0
    default:
      return true
  }
}

/** Whether a key of a maintenance would do something as that stands. */
function isHeard({ maintaining, settings }: State, action: MaintenanceAction): boolean {
  const { course } = maintaining
  if (course === null || settings.isReadOnly) return false
  switch (action) {
    case 'go-on':
      return course.phase !== 'elsewhere'
    case 'hold':
      return course.phase === 'going'
    case 'skip':
    case 'change-manner':
      return course.phase === 'going' || course.phase === 'proposed'
    case 'give-up':
      return course.phase === 'going' || course.phase === 'found'
    case 'take-over':
    case 'leave':
      return true
    default:
      return assertNever(action)
  }
}

const OPEN_BY_THEMSELVES: ReadonlySet<string> = new Set(['inspect', 'contexts', 'slots', 'doctor'])

/** Whether there is a service whose slots could be looked at. */
function isOfService(state: State): boolean {
  const { focus } = currentView(state)
  return OF_SERVICES.has(focus) && (focus === 'tasks' || shownService(state) !== null)
}

/** Of what is seldom possible the key bar tells when it is. */
function canBeAsked(state: State, kind: PlainKind): boolean {
  const service = shownService(state)?.service
  if (kind === 'roll-back') return service?.hasPrevious === true
  if (kind !== 'resume-update') return true
  return service?.update?.state === 'paused' || service?.update?.state === 'rollback_paused'
}

const OF_SERVICES: ReadonlySet<string> = new Set([
  'services',
  'slots',
  'tasks',
  'matrix',
  'lanes',
  'story',
  'progress',
  'service-facts',
  'spec-diff',
  'doctor',
])
