import { assertNever } from '../../rules/assert-never.ts'
import type { Happening } from '../../swarm/happening.ts'
import type { ObjectRef } from '../../swarm/resource-ref.ts'
import { currentView } from '../current-view.ts'
import { selectedId, selectedRow } from '../rows/panel-rows.ts'
import type { Screen } from '../screen.ts'
import { selectedTask } from '../selected-task.ts'
import { shownSubject } from '../shown-service.ts'
import type { JournalEntry, State } from '../state.ts'

/** The object that the selection means, or the screen where nothing is selected; null where there is none. */
export function inspectedObject(state: State): ObjectRef | null {
  const { focus, screen } = currentView(state)
  switch (focus) {
    case 'nodes':
      return named('node', selectedId(state, focus))
    case 'services':
    case 'matrix':
    case 'rebalance':
      return named('service', selectedId(state, focus))
    case 'rebalance-facts':
      return named('service', selectedId(state, 'rebalance'))
    case 'networks':
      return named('network', selectedId(state, focus))
    case 'volumes':
      return named('volume', selectedId(state, focus))
    case 'secrets':
      return named('secret', selectedId(state, focus))
    case 'configs':
      return named('config', selectedId(state, focus))
    case 'swarm-facts':
      return { kind: 'swarm', id: '' }
    case 'doctor':
      return objectOfFinding(state)
    case 'slots':
    case 'lanes':
    case 'tasks':
    case 'story':
      return named('task', selectedTask(state)?.id ?? null) ?? objectOfScreen(screen)
    case 'events': {
      const entry = selectedRow(state, focus)
      return entry === null ? null : objectOfEntry(state, entry)
    }
    case 'node-facts':
    case 'service-facts':
    case 'spec-diff':
    case 'progress':
    case 'logs':
      return objectOfScreen(screen)
    case 'maintenance':
      return named('node', selectedId(state, focus))
    case 'stacks':
    case 'contexts':
    case 'inspect':
    case 'trends':
    case 'operations':
      return null
    default:
      return assertNever(focus)
  }
}

function objectOfFinding(state: State): ObjectRef | null {
  const subject = shownSubject(state)
  switch (subject?.kind) {
    case 'node':
    case 'service':
      return { kind: subject.kind, id: subject.id }
    case 'slot':
      return named('task', selectedTask(state)?.id ?? null)
    case 'swarm':
      return { kind: 'swarm', id: '' }
    default:
      return null
  }
}

const named = (kind: ObjectRef['kind'], id: string | null): ObjectRef | null => (id === null ? null : { kind, id })

function objectOfScreen(screen: Screen): ObjectRef | null {
  if (screen.kind === 'node') return { kind: 'node', id: screen.nodeId }
  if ('serviceId' in screen) return { kind: 'service', id: screen.serviceId }
  if (screen.kind !== 'logs') return null
  const { subject } = screen
  if (subject.kind === 'service') return { kind: 'service', id: subject.serviceId }
  return subject.kind === 'task' ? { kind: 'task', id: subject.taskId } : null
}

/** What happened tells names; what of that name is there now can be looked at. */
function objectOfEntry(state: State, entry: JournalEntry): ObjectRef | null {
  if (entry.kind === 'operation') {
    const { operation } = entry
    if ('nodeId' in operation) return { kind: 'node', id: operation.nodeId }
    if ('serviceId' in operation) return { kind: 'service', id: operation.serviceId }
    return operation.kind === 'set-history-limit' ? { kind: 'swarm', id: '' } : null
  }
  return entry.kind === 'happening' ? objectOfHappening(state, entry.happening) : null
}

function objectOfHappening(state: State, happening: Happening): ObjectRef | null {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return null
  if (happening.kind === 'leader-changed') return nodeCalled(happening.to ?? '')
  if ('task' in happening) {
    const slot = cluster.services.flatMap(({ slots }) => slots).find(({ name }) => name === happening.task)
    return named('task', slot?.tasks[0]?.id ?? null)
  }
  if ('node' in happening) return nodeCalled(happening.node)
  const found = cluster.services.find(({ service }) => service.name === happening.service)
  return named('service', found?.service.id ?? null)

  function nodeCalled(name: string): ObjectRef | null {
    return named('node', cluster?.nodes.find(node => node.name === name)?.node.id ?? null)
  }
}
