import type { ClusterService, Slot } from '../../swarm/cluster.ts'
import type { SeenTask } from '../../swarm/seen-task.ts'
import { isFailure } from '../../swarm/task-life.ts'
import { shownService } from '../shown-service.ts'
import { tasksBySlot } from '../slot-tasks.ts'
import type { State } from '../state.ts'
import type { TaskHistory } from '../task-history.ts'
import { keepBy } from './keep-by.ts'
import type { RowSource } from './row-source.ts'
import { taskFields } from './task-rows.ts'

/** A slot through time. `slot`: null for one that the service has no more. `tasks`: all that were seen, newest first. */
export type Lane = {
  readonly key: string
  /** `3`; for a global service the name of its node. */
  readonly label: string
  readonly number: number
  readonly slot: Slot | null
  readonly tasks: readonly SeenTask[]
  readonly failures: number
}

/** A lane for each slot of the service that is looked at; after them those that it once had. */
export const LANE_ROWS: RowSource<Lane> = {
  all: state => {
    const service = shownService(state)
    return service === null ? NONE : lanesOf(state.history)(service)
  },
  idOf: ({ key }) => key,
  fieldsOf: laneFields,
  columns: [
    { name: 'slot', by: ({ number, label }) => number || label },
    { name: 'node', by: (lane, state) => laneFields(lane, state).node ?? '' },
    { name: 'state', by: (lane, state) => laneFields(lane, state).state ?? '' },
    { name: 'failures', by: ({ failures }) => -failures },
  ],
}

const NONE: readonly Lane[] = []

const lanesOf = keepBy((history: TaskHistory) =>
  keepBy((service: ClusterService): readonly Lane[] => {
    const bySlot = tasksBySlot(history)(service)
    const present = service.slots.map(slot => laneOf(slot.key, slot, bySlot.get(slot.key) ?? [], service))
    const known = new Set(present.map(({ key }) => key))
    const former = [...bySlot]
      .filter(([key]) => !known.has(key))
      .map(([key, tasks]) => laneOf(key, null, tasks, service))
    return [...present, ...former.toSorted((a, b) => a.number - b.number)]
  }),
)

function laneOf(key: string, slot: Slot | null, tasks: readonly SeenTask[], { service }: ClusterService): Lane {
  const number = slot?.number ?? tasks[0]?.task.slot ?? 0
  const isByNode = slot === null ? number === 0 && key !== '0' : slot.number === 0 && key !== '0'
  const nodeName = slot === null ? key : slot.name.slice(service.name.length + 1)
  return {
    key,
    label: isByNode ? nodeName : String(number),
    number,
    slot,
    tasks,
    failures: tasks.filter(({ task }) => isFailure(task)).length,
  }
}

function laneFields({ label, tasks }: Lane, state: State) {
  const cluster = state.reading?.cluster
  const newest = tasks[0]?.task
  if (newest === undefined || cluster === undefined) return { name: label, node: '', state: '' }
  return taskFields(cluster, newest, label)
}
