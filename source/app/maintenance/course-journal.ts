import { isOver, type MaintainedNode, type Maintenance } from '../../operations/maintenance/maintenance.ts'
import { named } from '../../operations/phrases.ts'
import { addToJournal } from '../journal.ts'
import type { State } from '../state.ts'

/** What a line of the journal tells of a maintenance. `text`: why, where there is a why. Untrusted. */
export type CourseTold = {
  readonly what: 'begun' | 'gone-on' | 'handed-over' | 'held' | 'done' | 'skipped' | 'over'
  readonly name: string
  readonly text: string
}

/** Notes what a person would want to read afterwards: what of it was theirs, and where it stood still. */
export function tellOfCourse(state: State, before: Maintenance, after: Maintenance): State {
  const told = [
    ...after.nodes.flatMap((node, index) => tellOfNode(before.nodes[index], node)),
    ...(after.held !== null && before.held === null && after.held.by !== 'person'
      ? [{ what: 'held', name: nameAll(after), text: after.held.reason } as const]
      : []),
    ...(isOver(after) && !isOver(before) ? [{ what: 'over', name: nameAll(after), text: '' } as const] : []),
  ]
  return tell(state, told)
}

/** A line of the journal, or several. */
export function tell(state: State, told: readonly CourseTold[]): State {
  return addToJournal(
    state,
    told.map(line => ({ kind: 'maintenance', ...line })),
  )
}

function tellOfNode(
  before: MaintainedNode | undefined,
  { step, name, outcome }: MaintainedNode,
): readonly CourseTold[] {
  if (before === undefined || before.step === step) return []
  if (step === 'in-hand') return [{ what: 'handed-over', name, text: '' }]
  return step === 'over' ? [{ what: outcome, name, text: '' }] : []
}

export const nameAll = ({ nodes }: Maintenance): string => named(nodes.map(({ name }) => name))
