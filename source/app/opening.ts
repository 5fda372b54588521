import { assertNever } from '../rules/assert-never.ts'
import type { Subject } from '../swarm/doctor/finding.ts'
import { currentView } from './current-view.ts'
import { targetOfEvent, targetOfOperation } from './event-target.ts'
import { pressInspectKey } from './inspect/inspect-keys.ts'
import { goTo, notify, push, withView } from './navigating.ts'
import type { ListPanelName } from './rows/panel-rows.ts'
import { selectedId, selectedRow } from './rows/panel-rows.ts'
import { slotKeyOf } from './rows/slot-key.ts'
import type { Screen } from './screen.ts'
import { shownService, shownSubject } from './shown-service.ts'
import type { State } from './state.ts'

/** Opens what is selected in the panel that has the focus. */
export function openSelected(state: State): State {
  const { focus, screen } = currentView(state)
  if (focus === 'logs' || focus === 'trends') return state
  if (focus === 'inspect') return pressInspectKey(state, 'fold').state
  if (focus === 'events') return screen.kind === 'events' ? openEvent(state) : goTo(state, { kind: 'events' })
  if (focus === 'doctor' && shownSubject(state) === null) return unfold(state)
  const target = targetOf(state, focus)
  return target === null ? state : push(state, target)
}

/** What an event is about, while it is there. */
function openEvent(state: State): State {
  const entry = selectedRow(state, 'events')
  const cluster = state.reading?.cluster
  const target = entry === null || cluster === undefined ? null : targetOfEvent(entry, cluster)
  return target === null ? notify(state, 'info', 'What this was about is gone, or has no screen') : push(state, target)
}

/** The screen that tells more about the selected row; null where nothing does. */
export function targetOf(state: State, panel: ListPanelName): Screen | null {
  const id = selectedId(state, panel)
  if (id === null) return null
  switch (panel) {
    case 'nodes':
    case 'maintenance':
      return { kind: 'node', nodeId: id }
    case 'services':
    case 'matrix':
      return { kind: 'service', serviceId: id }
    case 'stacks':
      return { kind: 'stack', stack: id }
    case 'slots': {
      const service = shownService(state)
      if (service === null) return null
      const serviceId = service.service.id
      // On the overview the slots stand for their service.
      const { screen } = currentView(state)
      return screen.kind === 'overview' ? { kind: 'service', serviceId } : { kind: 'slot', serviceId, slot: id }
    }
    case 'lanes': {
      const service = shownService(state)
      return service === null ? null : { kind: 'slot', serviceId: service.service.id, slot: id }
    }
    case 'tasks': {
      const row = selectedRow(state, 'tasks')
      if (row === null || currentView(state).screen.kind === 'slot') return null
      return { kind: 'slot', serviceId: row.task.serviceId, slot: slotKeyOf(row.task, state.reading?.cluster ?? null) }
    }
    case 'networks':
      return { kind: 'inspect', object: { kind: 'network', id } }
    case 'volumes':
      return { kind: 'inspect', object: { kind: 'volume', id } }
    case 'secrets':
      return { kind: 'inspect', object: { kind: 'secret', id } }
    case 'configs':
      return { kind: 'inspect', object: { kind: 'config', id } }
    case 'story':
    case 'node-facts':
    case 'service-facts':
    case 'spec-diff':
    case 'progress':
    case 'swarm-facts':
    case 'rebalance-facts':
      return selectedRow(state, panel)?.opens ?? null
    case 'doctor':
      return screenOf(shownSubject(state))
    case 'operations': {
      const row = selectedRow(state, 'operations')
      const cluster = state.reading?.cluster
      return row?.operation == null || cluster === undefined ? null : targetOfOperation(row.operation, cluster)
    }
    case 'events':
    case 'contexts':
    case 'inspect':
    case 'rebalance':
      return null
    default:
      return assertNever(panel)
  }
}

/** Shows what a finding about several things is about, thing by thing, or no longer. */
function unfold(state: State): State {
  const row = selectedRow(state, 'doctor')
  if (row === null) return state
  const { parts } = currentView(state)
  return withView(state, { parts: { ...parts, doctor: parts.doctor === row.finding.id ? '' : row.finding.id } })
}

function screenOf(subject: Subject | null): Screen | null {
  switch (subject?.kind) {
    case 'node':
      return { kind: 'node', nodeId: subject.id }
    case 'service':
      return { kind: 'service', serviceId: subject.id }
    case 'slot':
      return { kind: 'slot', serviceId: subject.serviceId, slot: subject.slot }
    case 'swarm':
      return { kind: 'swarm' }
    case 'managers':
      return { kind: 'nodes' }
    case undefined:
      return null
    default:
      return assertNever(subject)
  }
}
