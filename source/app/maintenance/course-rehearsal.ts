import { gracefulDrain } from '../../operations/graceful-drain.ts'
import type { Rehearsed } from '../../operations/maintenance/check-node.ts'
import { currentNode, type MaintainedNode } from '../../operations/maintenance/maintenance.ts'
import type { Operation } from '../../operations/operation.ts'
import type { Plan } from '../../operations/plan.ts'
import type { Cluster } from '../../swarm/cluster.ts'
import { withActing } from '../acting.ts'
import { currentView } from '../current-view.ts'
import type { State } from '../state.ts'
import { type Step, stay } from '../step.ts'
import { type Course, type CourseRehearsal, withCourse } from './maintaining.ts'

/** What was found is found anew after so long: things move while a person makes up their mind. */
const ANEW_AFTER_MS = 5_000
/** What has not been answered by then will not be. */
const LOST_AFTER_MS = 30_000
/** A plan is worth so much waiting; then it goes on by what can be reckoned without. */
const PATIENCE_MS = 3_000

/**
 * Has it rehearsed what taking down the node in turn will do, while that is still to be decided. A question on the screen has
 * one of its own rehearsed, which goes before.
 */
export function rehearseIfDue(state: State): Step {
  const { course } = state.maintaining
  const { reading, acting, settings } = state
  if (course === null || reading === null || acting.question !== null || settings.isReadOnly) return stay(state)
  const node = undecidedNode(course, reading.cluster)
  if (node === null || !isLookedAt(state, course) || !isDue(state, course, node)) return stay(state)
  const number = acting.sequence + 1
  const { manner } = course.maintenance
  const known = isOf(course.rehearsal, node, course) ? course.rehearsal : null
  const rehearsal = { nodeId: node.nodeId, manner, number, askedAt: state.now, plan: known?.plan ?? null }
  return {
    state: withCourse(withActing(state, { sequence: number }), { ...course, rehearsal }),
    effects: [
      { kind: 'rehearse', number, host: reading.host, operations: operationsFor(node, manner, reading.cluster) },
    ],
  }
}

function undecidedNode(course: Course, cluster: Cluster): MaintainedNode | null {
  if (course.phase !== 'proposed' && course.phase !== 'going') return null
  const node = currentNode(course.maintenance, cluster)
  return node !== null && (node.step === 'waiting' || node.step === 'checks') ? node : null
}

/** While nothing goes on by itself, it is of interest to who looks at it alone. */
function isLookedAt(state: State, { phase, maintenance }: Course): boolean {
  return (phase === 'going' && maintenance.held === null) || currentView(state).screen.kind === 'maintenance'
}

/** One that takes its time is waited for; one that was dropped for a question's is never answered. */
function isDue(state: State, course: Course, node: MaintainedNode): boolean {
  const { rehearsal } = course
  if (!isOf(rehearsal, node, course)) return true
  return state.now >= rehearsal.askedAt + (rehearsal.number === null ? ANEW_AFTER_MS : LOST_AFTER_MS)
}

const isOf = (
  rehearsal: CourseRehearsal | null,
  { nodeId }: MaintainedNode,
  { maintenance }: Course,
): rehearsal is CourseRehearsal => rehearsal?.nodeId === nodeId && rehearsal.manner === maintenance.manner

function operationsFor(
  { nodeId, name }: MaintainedNode,
  manner: CourseRehearsal['manner'],
  cluster: Cluster,
): readonly Operation[] {
  const entry = cluster.nodeById.get(nodeId)
  return manner === 'graceful' && entry !== undefined
    ? gracefulDrain(entry, cluster).sequence.operations
    : [{ kind: 'drain', nodeId, name }]
}

/** It has been rehearsed, or could not be; the answer to another one is let pass. */
export function receiveRehearsal(state: State, number: number, plan: Plan | null): State {
  const { course } = state.maintaining
  if (course?.rehearsal?.number !== number) return state
  return withCourse(state, { ...course, rehearsal: { ...course.rehearsal, number: null, plan } })
}

/** What is known of it by now. */
export function rehearsedOf({ maintaining, now }: State): Rehearsed | null {
  const rehearsal = maintaining.course?.rehearsal ?? null
  if (rehearsal === null || rehearsal.manner !== maintaining.course?.maintenance.manner) return null
  const { nodeId, number, plan, askedAt } = rehearsal
  const isAwaited = plan === null && number !== null && now < askedAt + PATIENCE_MS
  return { nodeId, plan: isAwaited ? 'awaited' : plan }
}
