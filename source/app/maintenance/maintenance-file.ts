import type { Maintenance } from '../../operations/maintenance/maintenance.ts'
import { goTo, notify } from '../navigating.ts'
import type { State } from '../state.ts'
import { type Step, stay } from '../step.ts'
import { type Course, courseOf, withCourse } from './maintaining.ts'

/** What was in the file of a cluster; `session`: who else does it at this moment, `''` where nobody does. */
export type FoundMaintenance = { readonly maintenance: Maintenance; readonly session: string }

/**
 * Where a maintenance of this cluster is kept; null where it is not: a simulation that we run ourselves ends with us, and
 * what calls itself by something that is no ID gets no file.
 */
export function fileOf({ settings }: State, clusterId: string): string | null {
  const { stateFolder, source } = settings
  if (stateFolder === undefined || source.kind === 'simulator' || !/^[A-Za-z0-9_-]{1,64}$/.test(clusterId)) return null
  return `${stateFolder}/maintenance-${clusterId}.json`
}

/** What another session does is read anew so often. */
const LOOK_EVERY_MS = 5_000

/** Asks for the file of the cluster as soon as it is known which that is, and again while another session is at it. */
export function loadIfDue(state: State): Step {
  const clusterId = state.reading?.cluster.snapshot.clusterId ?? ''
  const { maintaining } = state
  const isFollowed = maintaining.course?.phase === 'elsewhere' && state.now >= maintaining.askedAt + LOOK_EVERY_MS
  if (clusterId === '' || (maintaining.askedFor === clusterId && !isFollowed)) return stay(state)
  const file = fileOf(state, clusterId)
  return {
    state: { ...state, maintaining: { ...maintaining, askedFor: clusterId, askedAt: state.now } },
    effects: file === null ? [] : [{ kind: 'load-maintenance', clusterId, file }],
  }
}

/** What was left off is shown at once, for a person to go on with. `trouble`: a sentence about a file that is no good. */
export function receiveMaintenance(
  state: State,
  clusterId: string,
  found: FoundMaintenance | null,
  trouble: string | null,
): State {
  const { maintaining } = state
  if (maintaining.askedFor !== clusterId) return state
  if (trouble !== null) return notify({ ...state, maintaining: { ...maintaining, trouble } }, 'warning', trouble)
  if (maintaining.course?.phase === 'elsewhere') return followOther(state, maintaining.course, found)
  const isBusy = maintaining.course !== null && maintaining.course.phase !== 'proposed'
  if (found === null || found.maintenance.clusterId !== clusterId || isBusy) return state
  const { maintenance, session } = found
  const phase = session === '' ? 'found' : 'elsewhere'
  const course = { ...courseOf(maintenance, phase, state.now), session }
  const left =
    session === '' ? 'A maintenance was left off here: look how it stands' : `${session} is at this maintenance`
  return notify(goTo(withCourse(state, course), { kind: 'maintenance' }), 'warning', left)
}

/** How far the other session is; when it is gone, what it left is offered, and when nothing is left it has come to its end. */
function followOther(state: State, course: Course, found: FoundMaintenance | null): State {
  if (found === null) return notify(withCourse(state, null), 'info', 'The maintenance of the other session is over')
  const { maintenance, session } = found
  if (session !== '') return withCourse(state, { ...course, maintenance, session })
  const left = { ...courseOf(maintenance, 'found', state.now), session }
  return notify(withCourse(state, left), 'warning', `${course.session} is gone: look how its maintenance stands`)
}
