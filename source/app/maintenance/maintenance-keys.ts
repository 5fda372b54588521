import { READ_ONLY } from '../../operations/guard-operation.ts'
import { type Answer, answer } from '../../operations/maintenance/answer.ts'
import { type Maintenance, proposeMaintenance } from '../../operations/maintenance/maintenance.ts'
import { assertNever } from '../../rules/assert-never.ts'
import { meantNodes } from '../meant-operations.ts'
import { goBack, goTo, notify, push, withNavigation } from '../navigating.ts'
import { selectedId } from '../rows/panel-rows.ts'
import type { State } from '../state.ts'
import { type Step, stay } from '../step.ts'
import { nameAll, tell, tellOfCourse } from './course-journal.ts'
import { type Course, courseOf, withCourse } from './maintaining.ts'

/** What a key means on the screen of a maintenance. */
export type MaintenanceAction = 'go-on' | 'hold' | 'skip' | 'change-manner' | 'take-over' | 'give-up' | 'leave'

/**
 * Proposes a maintenance of these nodes, by ID, and shows it: nothing is done before a person begins it. Where one is under
 * way, that is shown.
 */
export function openMaintenance(state: State, nodeIds: readonly string[]): Step {
  const { course } = state.maintaining
  if (course !== null && course.phase !== 'proposed' && course.phase !== 'over')
    return stay(showOther(state, course, nodeIds))
  const cluster = state.reading?.cluster
  const nodes = nodeIds.flatMap(id => cluster?.nodeById.get(id) ?? [])
  if (state.settings.isReadOnly || cluster === undefined || nodes.length === 0) {
    return stay(goTo(state, { kind: 'maintenance' }))
  }
  const proposed = proposeMaintenance(nodes, {
    clusterId: cluster.snapshot.clusterId,
    by: state.settings.operator ?? 'somebody',
    startedAt: state.now,
    manner: course?.maintenance.manner ?? 'plain',
  })
  return stay(push(withCourse(state, courseOf(proposed, 'proposed', state.now)), { kind: 'maintenance' }))
}

function showOther(state: State, { maintenance }: Course, nodeIds: readonly string[]): State {
  const shown = goTo(state, { kind: 'maintenance' })
  const isOfThese = nodeIds.every(id => maintenance.nodes.some(({ nodeId }) => nodeId === id))
  return isOfThese
    ? shown
    : notify(shown, 'warning', `First comes the maintenance of ${nameAll(maintenance)}: end it, or give it up`)
}

/** The nodes that are marked or selected, as far as keys act on nodes here. */
export const maintenanceOfSelection = (state: State): Step => openMaintenance(state, meantNodes(state))

/** For so long after the screen has come to say something else, a key that means it is not heard: it was meant for what was said before. */
const DEAF_MS = 300

/** A key on the screen of a maintenance. */
export function pressMaintenanceKey(state: State, action: MaintenanceAction): Step {
  const { course } = state.maintaining
  if (course === null) return stay(notify(state, 'info', 'No maintenance is under way here'))
  if (state.settings.isReadOnly) return stay(notify(state, 'warning', READ_ONLY))
  if (state.now < course.changedAt + DEAF_MS) return stay(state)
  if (course.isGivingUp && action !== 'give-up' && action !== 'leave') return stay(goOnAfterAll(state))
  return press(state, course, action)
}

/** Giving up was asked about, and another key is the answer that it goes on: it means nothing else then. */
export function goOnAfterAll(state: State): State {
  const { course } = state.maintaining
  return course?.isGivingUp ? withCourse(state, { ...course, isGivingUp: false, changedAt: state.now }) : state
}

function press(state: State, course: Course, action: MaintenanceAction): Step {
  switch (course.phase) {
    case 'proposed':
      return pressProposed(state, course, action)
    case 'found':
      return pressFound(state, course, action)
    case 'elsewhere':
      return pressElsewhere(state, course, action)
    case 'going':
      return pressGoing(state, course, action)
    case 'over':
      return stay(action === 'go-on' || action === 'give-up' ? goBack(withCourse(state, null)) : state)
    default:
      return assertNever(course.phase)
  }
}

function pressProposed(state: State, course: Course, action: MaintenanceAction): Step {
  const { maintenance } = course
  switch (action) {
    case 'go-on': {
      const begun = { ...maintenance, startedAt: state.now }
      return stay(
        tell(begin(clearNodeMarks(state), course, begun), [{ what: 'begun', name: nameAll(maintenance), text: '' }]),
      )
    }
    case 'skip': {
      const id = selectedId(state, 'maintenance')
      const nodes = maintenance.nodes.filter(({ nodeId }) => nodeId !== id)
      return stay(
        nodes.length === 0
          ? goBack(withCourse(state, null))
          : withCourse(state, { ...course, maintenance: { ...maintenance, nodes } }),
      )
    }
    case 'change-manner':
      return say(state, course, { kind: 'change-manner' })
    case 'give-up':
    case 'leave':
      return stay(goBack(withCourse(state, null)))
    case 'hold':
    case 'take-over':
      return stay(notify(state, 'info', 'Nothing of it has begun yet'))
    default:
      return assertNever(action)
  }
}

/** What was marked for it is being done. */
function clearNodeMarks(state: State): State {
  const stack = state.navigation.stack.map(view => ({ ...view, marks: { ...view.marks, nodes: [] } }))
  return withNavigation(state, { stack })
}

function pressFound(state: State, course: Course, action: MaintenanceAction): Step {
  if (action === 'go-on') {
    const told = tell(state, [{ what: 'gone-on', name: nameAll(course.maintenance), text: '' }])
    return stay(begin(told, course, { ...course.maintenance, held: null }))
  }
  if (action === 'give-up' || action === 'leave') return giveUp(state, course, action)
  return stay(notify(state, 'info', 'First go on with it, or give it up'))
}

function pressElsewhere(state: State, course: Course, action: MaintenanceAction): Step {
  if (action === 'take-over') return stay(begin(state, course, { ...course.maintenance, held: null }))
  return stay(notify(state, 'warning', `${course.session} is at it: this session only looks on, unless it takes over`))
}

const begin = (state: State, course: Course, maintenance: Maintenance): State =>
  withCourse(state, { ...courseOf(maintenance, 'going', state.now), session: course.session })

function pressGoing(state: State, course: Course, action: MaintenanceAction): Step {
  switch (action) {
    case 'go-on':
      return goOn(state, course)
    case 'hold':
      return say(state, course, { kind: course.maintenance.held?.by === 'person' ? 'go-on' : 'hold' })
    case 'skip':
      return say(state, course, { kind: 'skip', nodeId: selectedId(state, 'maintenance') ?? '' })
    case 'change-manner':
      return say(state, course, { kind: 'change-manner' })
    case 'take-over':
      return course.unsaved === null
        ? say(state, course, { kind: 'take-over' })
        : stay(withCourse(state, { ...course, unsaved: null, stored: null }))
    case 'give-up':
    case 'leave':
      return giveUp(state, course, action)
    default:
      return assertNever(action)
  }
}

/** What could not be written down is tried again; what is watched only for its end need not be. */
function goOn(state: State, course: Course): Step {
  if (course.unsaved !== null) return stay(withCourse(state, { ...course, unsaved: null }))
  const isWatched = state.acting.running.some(
    ({ number, phase }) => number === course.operation?.number && phase === 'watched',
  )
  if (course.maintenance.held === null && isWatched) return stay(withCourse(state, { ...course, operation: null }))
  return say(state, course, { kind: 'go-on' })
}

/** Asked about first: the same key again puts back what was, the other one leaves all as it is. */
function giveUp(state: State, course: Course, action: 'give-up' | 'leave'): Step {
  if (!course.isGivingUp) {
    return action === 'leave'
      ? stay(state)
      : stay(withCourse(state, { ...course, isGivingUp: true, changedAt: state.now }))
  }
  const going =
    course.phase === 'going' ? course : { ...courseOf(course.maintenance, 'going', state.now), session: course.session }
  const free = { ...going, isGivingUp: false, operation: null }
  return say(withCourse(state, free), free, { kind: 'give-up', isPutBack: action === 'give-up' })
}

function say(state: State, course: Course, said: Answer): Step {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return stay(state)
  const result = answer(course.maintenance, said, cluster)
  if (typeof result === 'string') return stay(notify(state, 'info', result))
  const isUndone = said.kind === 'skip' || said.kind === 'take-over'
  const next = { ...course, maintenance: result, changedAt: state.now, ...(isUndone ? { operation: null } : {}) }
  return stay(tellOfCourse(withCourse(state, next), course.maintenance, result))
}
