import { assertNever } from '../rules/assert-never.ts'
import { nameNode } from '../swarm/name-task.ts'
import { findByName, namedThings } from './find-by-name.ts'
import type { LogSubject, Screen } from './screen.ts'
import type { State } from './state.ts'

/** The way that led here: what each view of the stack is called, the present one last. Names are untrusted text. */
export function crumbsOf(state: State): readonly string[] {
  const screens = state.navigation.stack.map(({ screen }) => screen)
  return screens.map((screen, depth) => {
    const below = depth === 0 ? '' : subjectOf(state, screens[depth - 1])
    const subject = subjectOf(state, screen)
    const verb = VERBS[screen.kind]
    if (verb === undefined) return subject
    // What was opened from its subject need not say again whose it is.
    return subject === '' || subject === below ? verb : `${verb} ${subject}`
  })
}

const VERBS: Readonly<Partial<Record<Screen['kind'], string>>> = { lanes: 'time', logs: 'logs', inspect: 'inspect' }

/** What a screen is about. */
function subjectOf(state: State, screen: Screen | undefined): string {
  if (screen === undefined) return ''
  switch (screen.kind) {
    case 'node':
      return nodeName(state, screen.nodeId)
    case 'service':
    case 'lanes':
      return serviceName(state, screen.serviceId)
    case 'stack':
      return screen.stack
    case 'slot':
      return slotName(state, screen.serviceId, screen.slot)
    case 'logs':
      return nameSubject(state, screen.subject)
    case 'inspect':
      return nameObject(state, screen.object)
    default:
      return screen.kind
  }
}

function nameSubject(state: State, subject: LogSubject): string {
  switch (subject.kind) {
    case 'service':
      return serviceName(state, subject.serviceId)
    case 'task':
      return taskName(state, subject.taskId)
    case 'stack':
      return subject.stack
    case 'several':
      return subject.name
    default:
      return assertNever(subject)
  }
}

function nameObject(state: State, { kind, id }: (Screen & { kind: 'inspect' })['object']): string {
  if (kind === 'node') return nodeName(state, id)
  if (kind === 'service') return serviceName(state, id)
  if (kind === 'task') return taskName(state, id)
  if (kind === 'swarm') return 'swarm'
  return namedThings(state, kind).find(named => named.id === id)?.name ?? id
}

const nodeName = ({ reading }: State, id: string): string => (reading === null ? id : nameNode(id, reading.cluster))

const serviceName = ({ reading }: State, id: string): string => reading?.cluster.serviceById.get(id)?.service.name || id

function slotName(state: State, serviceId: string, key: string): string {
  const slots = state.reading?.cluster.serviceById.get(serviceId)?.slots ?? []
  return slots.find(slot => slot.key === key)?.name ?? `${serviceName(state, serviceId)}.${nodeName(state, key)}`
}

/** By its slot; a task that Swarm has forgotten by its ID. */
function taskName(state: State, id: string): string {
  return namedThings(state, 'task').find(named => named.id === id)?.name ?? findByName(state, 'task', id)[0]?.name ?? id
}
