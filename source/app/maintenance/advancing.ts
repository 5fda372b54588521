import { type Advance, advance, hearFailure } from '../../operations/maintenance/advance.ts'
import { isOver, type Maintenance } from '../../operations/maintenance/maintenance.ts'
import type { Operation } from '../../operations/operation.ts'
import { assertNever } from '../../rules/assert-never.ts'
import { reasonAgainst, reasonToWait, sendOperation } from '../acting.ts'
import type { Reading, State } from '../state.ts'
import { andThen, type Step, stay } from '../step.ts'
import { tellOfCourse } from './course-journal.ts'
import { rehearseIfDue } from './course-rehearsal.ts'
import { knowledgeOf } from './knowledge.ts'
import { type Course, withCourse } from './maintaining.ts'
import { fileOf, loadIfDue } from './maintenance-file.ts'

/**
 * After whatever has happened: a maintenance that is under way goes on as far as it can. Each change of it is written
 * down first, and only what stands written is acted upon.
 */
export function advanceMaintenance(state: State): Step {
  return andThen(andThen(loadIfDue(state), rehearseIfDue), goOn)
}

function goOn(state: State): Step {
  const { course } = state.maintaining
  const { reading } = state
  if (course === null || reading === null || course.phase !== 'going' || course.saving !== null) return stay(state)
  if (course.maintenance.clusterId !== reading.cluster.snapshot.clusterId) return stay(state)
  if (course.operation?.ended != null) return heed(state, course, reading)
  if (course.maintenance !== course.stored) return save(state, course)
  if (isOver(course.maintenance)) return finish(state, course)
  return course.operation === null ? follow(state, course, reading) : stay(state)
}

/** What came of the operation that was under way. One that is no longer watched is as good as done: the reading tells. */
function heed(state: State, course: Course, { cluster }: Reading): Step {
  const { operation } = course
  const next = { ...course, operation: null }
  if (operation?.ended?.kind !== 'failed') return goOn(withCourse(state, next))
  return change(state, next, hearFailure(course.maintenance, operation.operation, operation.ended.text, cluster))
}

function follow(state: State, course: Course, reading: Reading): Step {
  const next = advance(course.maintenance, knowledgeOf(state, reading))
  switch (next.kind) {
    case 'changed':
      return change(state, course, next.maintenance)
    case 'do':
      return act(state, course, next)
    case 'waits':
      return stay(wait(state, course, next.text))
    default:
      return assertNever(next)
  }
}

function act(state: State, course: Course, { operation }: Advance & { readonly kind: 'do' }): Step {
  const waitsFor = reasonToWait(state, operation)
  if (waitsFor !== null) return stay(wait(state, course, waitsFor))
  const reason = reasonAgainst(state, operation)
  if (reason !== null) return change(state, course, refused(course.maintenance, operation, reason, state))
  const number = state.acting.sequence + 1
  const sent = withCourse(state, { ...course, operation: { number, operation, ended: null }, waitsFor: '' })
  return sendOperation(sent, operation)
}

function refused(maintenance: Maintenance, operation: Operation, reason: string, { reading }: State): Maintenance {
  return reading === null ? maintenance : hearFailure(maintenance, operation, reason, reading.cluster)
}

function wait(state: State, course: Course, text: string): State {
  return course.waitsFor === text ? state : withCourse(state, { ...course, waitsFor: text })
}

/** The maintenance has come further: it is written down, and goes on when that is done. */
function change(state: State, course: Course, maintenance: Maintenance): Step {
  const changed = withCourse(state, { ...course, maintenance, waitsFor: '', changedAt: state.now })
  return goOn(tellOfCourse(changed, course.maintenance, maintenance))
}

function save(state: State, course: Course): Step {
  const { maintenance, unsaved } = course
  const file = fileOf(state, maintenance.clusterId)
  if (file === null) return goOn(withCourse(state, { ...course, stored: maintenance }))
  if (unsaved?.maintenance === maintenance) return stay(state)
  const number = state.maintaining.sequence + 1
  const saving = withCourse(state, { ...course, saving: { number, maintenance }, unsaved: null })
  return {
    state: { ...saving, maintaining: { ...saving.maintaining, sequence: number } },
    effects: [{ kind: 'save-maintenance', number, file, maintenance, isTakenOver: course.stored === null }],
  }
}

/** It has been written down, or could not be: then nothing is done until a person has tried again. */
export function hearOfSaving(state: State, number: number, trouble: string | null): State {
  const { course } = state.maintaining
  if (course?.saving?.number !== number) return state
  const { maintenance } = course.saving
  return withCourse(
    state,
    trouble === null
      ? { ...course, saving: null, stored: maintenance, unsaved: null }
      : { ...course, saving: null, unsaved: { maintenance, trouble }, changedAt: state.now },
  )
}

/** Nothing of it is left to do, nor to be kept in a file. */
function finish(state: State, course: Course): Step {
  const over = withCourse(state, { ...course, phase: 'over', changedAt: state.now })
  const file = fileOf(state, course.maintenance.clusterId)
  return { state: over, effects: file === null ? [] : [{ kind: 'remove-maintenance', file }] }
}
