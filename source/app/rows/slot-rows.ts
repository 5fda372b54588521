import type { Slot } from '../../swarm/cluster.ts'
import { shownService } from '../shown-service.ts'
import type { State } from '../state.ts'
import type { RowSource } from './row-source.ts'
import { taskFields } from './task-rows.ts'

/** The slots of the service that is looked at. */
export const SLOT_ROWS: RowSource<Slot> = {
  all: state => shownService(state)?.slots ?? NONE,
  idOf: ({ key }) => key,
  fieldsOf: slotFields,
  columns: [
    { name: 'slot', by: ({ number, name }) => number || name },
    { name: 'node', by: (slot, state) => slotFields(slot, state).node ?? '' },
    { name: 'state', by: (slot, state) => slotFields(slot, state).state ?? '' },
  ],
}

const NONE: readonly Slot[] = []

function slotFields(slot: Slot, state: State) {
  const newest = slot.live ?? slot.tasks[0]
  const cluster = state.reading?.cluster
  if (newest === undefined || cluster === undefined) return { name: slot.name, node: '', state: '' }
  return taskFields(cluster, newest, slot.name)
}
