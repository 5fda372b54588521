import type { NodeSwitch, Operation, OperationOf } from '../operations/operation.ts'
import { assertNever } from '../rules/assert-never.ts'
import type { Subject } from '../swarm/doctor/finding.ts'
import { currentView } from './current-view.ts'
import { keyGroupsOf } from './key-groups.ts'
import { selectedId } from './rows/panel-rows.ts'
import type { Panel } from './screen.ts'
import { markedSubjects, shownNodeId, shownService } from './shown-service.ts'
import type { State } from './state.ts'

/** Operations of which nothing has to be said but what they are done to. */
export type PlainKind = NodeKind | ServiceKind | 'remove-stack'

type NodeKind = NodeSwitch['kind'] | 'remove-node'
type ServiceKind = OperationOf<'force-update' | 'roll-back' | 'resume-update' | 'remove-service'>['kind']

/** The operations of this kind on what is marked, else on what is selected or shown; none where nothing of its kind is. */
export function meantOperations(state: State, kind: PlainKind): readonly Operation[] {
  return meantBy(state, kind).map(id => operationOn(state, kind, id))
}

/** The operation of this kind on the node, the service or the stack with this ID. */
export function operationOn(state: State, kind: PlainKind, id: string): Operation {
  switch (kind) {
    case 'drain':
    case 'activate':
    case 'pause':
    case 'promote':
    case 'demote':
    case 'remove-node':
      return onNode(state, kind, id)
    case 'force-update':
    case 'roll-back':
    case 'resume-update':
    case 'remove-service':
      return { kind, serviceId: id, name: nameService(state, id) }
    case 'remove-stack':
      return { kind, stack: id, name: id }
    default:
      return assertNever(kind)
  }
}

/** What a removal would be of here; null where nothing can be removed. */
export function removalHere(state: State): PlainKind | null {
  const groups = keyGroupsOf(state)
  if (groups.includes('node')) return 'remove-node'
  if (groups.includes('service')) return 'remove-service'
  return groups.includes('stack') ? 'remove-stack' : null
}

function meantBy(state: State, kind: PlainKind): readonly string[] {
  switch (kind) {
    case 'drain':
    case 'activate':
    case 'pause':
    case 'promote':
    case 'demote':
    case 'remove-node':
      return meantNodes(state)
    case 'force-update':
    case 'roll-back':
    case 'resume-update':
    case 'remove-service':
      return meantServices(state)
    case 'remove-stack':
      return meantStacks(state)
    default:
      return assertNever(kind)
  }
}

/** The nodes that a key means, by ID: those marked in the list in focus, else the one selected or shown. */
export function meantNodes(state: State): readonly string[] {
  return meant(state, ['nodes'], idsOf(markedSubjects(state), 'node'), shownNodeId(state))
}

/** As `meantNodes`, for services. */
export function meantServices(state: State): readonly string[] {
  const { service } = shownService(state) ?? {}
  return meant(state, ['services', 'matrix'], idsOf(markedSubjects(state), 'service'), service?.id ?? null)
}

const idsOf = (subjects: readonly Subject[], kind: 'node' | 'service'): readonly string[] => [
  ...new Set(subjects.flatMap(subject => (subject.kind === kind ? [subject.id] : []))),
]

/** What is in no stack stands in a row of its own, and is none. */
function meantStacks(state: State): readonly string[] {
  const { focus } = currentView(state)
  return meant(state, ['stacks'], [], focus === 'stacks' ? selectedId(state, focus) : null).filter(
    stack => stack !== '',
  )
}

function meant(
  state: State,
  lists: readonly Panel[],
  ofFindings: readonly string[],
  shown: string | null,
): readonly string[] {
  const { focus, marks } = currentView(state)
  const marked = lists.includes(focus) ? (marks[focus] ?? []) : ofFindings
  return marked.length > 0 ? marked : [shown].filter(id => id !== null)
}

/** A node that is Ready does not go unless it is forced; that it is, the question says. */
function onNode({ reading }: State, kind: NodeKind, nodeId: string): Operation {
  const entry = reading?.cluster.nodeById.get(nodeId)
  const name = entry?.name ?? nodeId
  return kind === 'remove-node'
    ? { kind, nodeId, name, isForced: entry?.node.state === 'ready' }
    : { kind, nodeId, name }
}

const nameService = ({ reading }: State, serviceId: string): string =>
  reading?.cluster.serviceById.get(serviceId)?.service.name ?? serviceId
