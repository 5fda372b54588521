import { assertNever } from '../rules/assert-never.ts'
import type { Cluster } from '../swarm/cluster.ts'
import { listIn, objectIn, textIn } from '../swarm/read-field.ts'
import { findResource } from './resources.ts'
import { keepBy } from './rows/keep-by.ts'
import { servicesByStack } from './rows/service-rows.ts'
import type { State } from './state.ts'

/** What one can go to by name. `task`: by the name of its slot, `ping.3` or `agent.w1`, or by its ID. */
export type NamedKind = (typeof NAMED_KINDS)[number]

export const NAMED_KINDS = [
  'service',
  'node',
  'task',
  'stack',
  'network',
  'volume',
  'secret',
  'config',
  'context',
] as const

/** `id`: what it is known by where names are not unique; a stack, a volume and a context have their name alone. */
export type Named = { readonly kind: NamedKind; readonly id: string; readonly name: string } & {
  /** Where in the swarm a task is: `Slot.key`. */
  readonly slot?: { readonly serviceId: string; readonly key: string }
}

/**
 * What a name means among things of several kinds: of the first kind that has one of exactly this name, else of the first
 * that has any that begin with it.
 */
export function findAmong(state: State, kinds: readonly NamedKind[], name: string): readonly Named[] {
  const found = kinds.map(kind => findByName(state, kind, name))
  const isExact = (one: Named) => one.name === name || one.id === name
  return found.find(all => all.some(isExact)) ?? found.find(all => all.length > 0) ?? []
}

/**
 * What a name means, as the docker CLI resolves one: the exact ID or name, else whatever begins with it. More than one:
 * the name is ambiguous. Source: docker/cli cli/command/idresolver, moby daemon/cluster/helpers.go
 */
export function findByName(state: State, kind: NamedKind, name: string): readonly Named[] {
  if (name === '') return []
  const all = namedThings(state, kind)
  const exact = all.filter(one => one.id === name || one.name === name)
  if (exact.length > 0) return exact
  const tasks = kind === 'task' ? tasksById(state, name) : []
  if (tasks.length > 0) return tasks
  return all.filter(one => one.id.startsWith(name) || one.name.startsWith(name))
}

/** Everything of a kind that is known by now, in the order of its list. Networks and the like once they have been read. */
export function namedThings(state: State, kind: NamedKind): readonly Named[] {
  const cluster = state.reading?.cluster
  switch (kind) {
    case 'service':
      return cluster === undefined ? NONE : namedServices(cluster)
    case 'node':
      return cluster === undefined ? NONE : namedNodes(cluster)
    case 'task':
      return cluster === undefined ? NONE : namedSlots(cluster)
    case 'stack':
      return cluster === undefined ? NONE : namedStacks(cluster)
    case 'network':
    case 'volume':
    case 'secret':
    case 'config':
      return namedIn(state, kind)
    case 'context':
      return (state.contexts?.list ?? []).map(({ name }) => ({ kind, id: name, name }))
    default:
      return assertNever(kind)
  }
}

const NONE: readonly Named[] = []

const namedServices = keepBy((cluster: Cluster): readonly Named[] =>
  cluster.services.map(({ service }) => ({ kind: 'service', id: service.id, name: service.name })),
)

const namedNodes = keepBy((cluster: Cluster): readonly Named[] =>
  cluster.nodes.map(({ node, name }) => ({ kind: 'node', id: node.id, name })),
)

/** A slot is known by its newest task. */
const namedSlots = keepBy((cluster: Cluster): readonly Named[] =>
  cluster.services.flatMap(({ service, slots }) =>
    slots.map(({ key, name, live, tasks }) => ({
      kind: 'task' as const,
      id: (live ?? tasks[0])?.id ?? '',
      name,
      slot: { serviceId: service.id, key },
    })),
  ),
)

const namedStacks = keepBy((cluster: Cluster): readonly Named[] =>
  Array.from(servicesByStack(cluster).keys())
    .filter(name => name !== '')
    .toSorted()
    .map(name => ({ kind: 'stack', id: name, name })),
)

/** Older tasks of a slot are found by their IDs alone. */
function tasksById({ reading }: State, id: string): readonly Named[] {
  const slots = (reading?.cluster.services ?? []).flatMap(({ service, slots }) =>
    slots.flatMap(({ key, name, tasks }) =>
      tasks
        .filter(task => task.id.startsWith(id))
        .map(task => ({ kind: 'task' as const, id: task.id, name, slot: { serviceId: service.id, key } })),
    ),
  )
  const exact = slots.filter(task => task.id === id)
  return exact.length > 0 ? exact : slots
}

function namedIn(state: State, kind: 'network' | 'volume' | 'secret' | 'config'): readonly Named[] {
  const value = findResource(state, { kind: `${kind}s` })?.value
  return typeof value === 'object' && value !== null ? readNamed(value).map(named => ({ kind, ...named })) : NONE
}

/** Volumes come in an object and have a name alone; secrets and configs have theirs in the spec. */
const readNamed = keepBy((value: object): readonly Omit<Named, 'kind'>[] => {
  const entries: readonly unknown[] = listIn(
    Array.isArray(value) ? value : (value as { readonly Volumes?: readonly unknown[] }).Volumes,
  )
  return entries.flatMap(entry => {
    const { Id, ID, Name, Spec } = objectIn(entry as Entry)
    const name = textIn(Name) || textIn(objectIn(Spec).Name)
    return name === '' ? [] : [{ id: textIn(Id) || textIn(ID) || name, name }]
  })
})

type Entry = {
  readonly Id?: string
  readonly ID?: string
  readonly Name?: string
  readonly Spec?: { readonly Name?: string } | null
}
