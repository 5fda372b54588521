import type { ClusterService } from '../swarm/cluster.ts'
import type { Subject } from '../swarm/doctor/finding.ts'
import { currentView } from './current-view.ts'
import { NO_FILTER } from './filter.ts'
import { DOCTOR_ROWS } from './rows/doctor-rows.ts'
import { NODE_ROWS } from './rows/node-rows.ts'
import { arrangeRows, type RowSource } from './rows/row-source.ts'
import { SERVICE_ROWS } from './rows/service-rows.ts'
import type { Panel } from './screen.ts'
import type { State } from './state.ts'

/** The service whose slots are shown: the one whose screen it is, or the one selected in the list. */
export function shownService(state: State): ClusterService | null {
  const { screen } = currentView(state)
  if (screen.kind === 'doctor') return serviceOfSubject(state)
  const list = screen.kind === 'matrix' ? 'matrix' : 'services'
  const id = 'serviceId' in screen ? screen.serviceId : selectedIn(state, list, SERVICE_ROWS)
  return id === null ? null : (state.reading?.cluster.serviceById.get(id) ?? null)
}

/** The node whose screen it is, or the one selected in the list. */
export function shownNodeId(state: State): string | null {
  const { screen } = currentView(state)
  if (screen.kind === 'doctor') {
    const subject = shownSubject(state)
    return subject?.kind === 'node' ? subject.id : null
  }
  return screen.kind === 'node' ? screen.nodeId : selectedIn(state, 'nodes', NODE_ROWS)
}

/** What the selected finding is about; null where it is about several things, and on every other screen. */
export function shownSubject(state: State): Subject | null {
  if (currentView(state).screen.kind !== 'doctor') return null
  const id = selectedIn(state, 'doctor', DOCTOR_ROWS)
  return DOCTOR_ROWS.all(state).find(row => row.id === id)?.subject ?? null
}

/** What the marked findings are about; empty where none is marked, and on every other screen. */
export function markedSubjects(state: State): readonly Subject[] {
  const { screen, marks } = currentView(state)
  const marked = screen.kind === 'doctor' ? (marks.doctor ?? []) : []
  if (marked.length === 0) return []
  return DOCTOR_ROWS.all(state).flatMap(({ id, subject, finding }) =>
    marked.includes(id) ? (subject === null ? finding.subjects : [subject]) : [],
  )
}

function serviceOfSubject(state: State): ClusterService | null {
  const subject = shownSubject(state)
  const id = subject?.kind === 'service' ? subject.id : subject?.kind === 'slot' ? subject.serviceId : ''
  return state.reading?.cluster.serviceById.get(id) ?? null
}

/** The rows of a panel as they stand on the screen: a filter narrows only the panel that has the focus. */
export function rowsIn<T>(state: State, panel: Panel, source: RowSource<T>): readonly T[] {
  const { focus, filter, sorts } = currentView(state)
  return arrangeRows(
    source,
    source.all(state),
    { filter: focus === panel ? filter : NO_FILTER, sort: sorts[panel] },
    state,
  )
}

/** The selected row's identity: the one chosen while it is there, else the first; `null` when there are none. */
export function selectedIn<T>(state: State, panel: Panel, source: RowSource<T>): string | null {
  const rows = rowsIn(state, panel, source)
  const chosen = currentView(state).selection[panel]
  if (chosen !== undefined && rows.some(row => source.idOf(row) === chosen)) return chosen
  const [first] = rows
  return first === undefined ? null : source.idOf(first)
}
