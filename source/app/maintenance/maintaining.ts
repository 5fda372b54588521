import type { Maintenance } from '../../operations/maintenance/maintenance.ts'
import type { Operation } from '../../operations/operation.ts'
import type { Plan } from '../../operations/plan.ts'
import type { OperationResult } from '../acting-state.ts'
import type { State } from '../state.ts'

/** What there is of maintenance in this session. */
export type Maintaining = {
  /** Of which cluster the file has been asked for; null before. */
  readonly askedFor: string | null
  readonly askedAt: number
  /** The maintenance that is looked at or under way. */
  readonly course: Course | null
  /** A sentence about a file that could not be read. */
  readonly trouble: string | null
  /** Each writing has its own number, by which its answer is known. */
  readonly sequence: number
}

export type Course = {
  readonly maintenance: Maintenance
  /**
   * `proposed`: nothing is begun. `found`: it was left off, and whether it goes on is asked. `elsewhere`: another session
   * does it. `going`: this one does. `over`: nothing of it is left, and how it came out can still be looked at.
   */
  readonly phase: 'proposed' | 'found' | 'elsewhere' | 'going' | 'over'
  /** As it was written down last; nothing is done before what leads to it is. */
  readonly stored: Maintenance | null
  readonly saving: { readonly number: number; readonly maintenance: Maintenance } | null
  /** What could not be written down, and why; it is not tried again before a person says so. */
  readonly unsaved: { readonly maintenance: Maintenance; readonly trouble: string } | null
  /** What is under way for it. */
  readonly operation: CourseOperation | null
  /** What it waits for, where that is not a person. */
  readonly waitsFor: string
  /** What taking down the node in turn was rehearsed to do. */
  readonly rehearsal: CourseRehearsal | null
  /** Whether giving it up is asked about. */
  readonly isGivingUp: boolean
  /** Whose it is, where another session does it: `process 4711 on bastion`. */
  readonly session: string
  /** Since when it says what it says, by our clock. */
  readonly changedAt: number
}

export type CourseOperation = {
  readonly number: number
  readonly operation: Operation
  /** How it came out, until that is heeded. */
  readonly ended: OperationResult | null
}

/** `number`: of the rehearsal that is under way; null when it has been answered. */
export type CourseRehearsal = {
  readonly nodeId: string
  readonly manner: Maintenance['manner']
  readonly number: number | null
  readonly askedAt: number
  readonly plan: Plan | null
}

export const NO_MAINTENANCE: Maintaining = { askedFor: null, askedAt: 0, course: null, trouble: null, sequence: 0 }

/** The operation of this number has ended, if it is one of the maintenance. */
export function hearOfEnd(maintaining: Maintaining, number: number, result: OperationResult): Maintaining {
  const { course } = maintaining
  if (course?.operation?.number !== number) return maintaining
  return { ...maintaining, course: { ...course, operation: { ...course.operation, ended: result } } }
}

/** The state with the maintenance that is looked at changed. */
export function withCourse(state: State, course: Course | null): State {
  return { ...state, maintaining: { ...state.maintaining, course } }
}

/** A maintenance nothing of which is under way in this session. */
export function courseOf(maintenance: Maintenance, phase: Course['phase'], changedAt: number): Course {
  return {
    maintenance,
    phase,
    stored: null,
    saving: null,
    unsaved: null,
    operation: null,
    waitsFor: '',
    rehearsal: null,
    isGivingUp: false,
    session: '',
    changedAt,
  }
}
