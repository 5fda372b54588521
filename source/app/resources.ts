import { assertNever } from '../rules/assert-never.ts'
import type { Problem } from '../swarm/problem.ts'
import type { ResourceRef } from '../swarm/resource-ref.ts'
import { currentView } from './current-view.ts'
import type { View } from './screen.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'

/**
 * What a screen shows besides the reading of nodes, services and tasks, and is read only while it is looked at.
 * `value`: the last answer, as it came; null before the first. It is kept when a later one does not
 * come.
 */
export type Resource = {
  readonly ref: ResourceRef
  /** The number of the request that is under way; null when none is. */
  readonly asked: number | null
  readonly askedAt: number
  readonly value: unknown
  /** By our clock; null before the first answer. */
  readonly readAt: number | null
  /** Why the last request failed; null when it did not. */
  readonly problem: Problem | null
}

export const resourceKey = (ref: ResourceRef): string =>
  ref.kind === 'object' ? `${ref.object.kind}/${ref.object.id}` : ref.kind

export const findResource = (state: State, ref: ResourceRef): Resource | null =>
  state.resources[resourceKey(ref)] ?? null

/** How long an answer is good while it is looked at. */
const READ_EVERY_MS = 5000
/** Without a leader a call hangs for the engine's 20 s; then it fails, and is tried again. */
const GIVE_UP_AFTER_MS = 30_000
/** Of what was looked at, the latest are kept for when it is looked at again. */
const MOST_KEPT = 20

/** What the view on top of the stack needs to be read. */
export function neededBy({ screen, focus }: View): readonly ResourceRef[] {
  switch (screen.kind) {
    case 'swarm':
      return [{ kind: 'swarm' }]
    case 'networks':
    case 'volumes':
    case 'secrets':
    case 'configs':
      return [{ kind: screen.kind }]
    case 'stack':
    case 'stacks':
      return [{ kind: 'networks' }]
    case 'service':
      return [
        { kind: 'networks' },
        ...(focus === 'spec-diff'
          ? [{ kind: 'object', object: { kind: 'service', id: screen.serviceId } } as const]
          : []),
      ]
    case 'node':
      return [{ kind: 'object', object: { kind: 'node', id: screen.nodeId } }]
    case 'inspect':
      return [{ kind: 'object', object: screen.object }]
    case 'overview':
    case 'nodes':
    case 'services':
    case 'tasks':
    case 'slot':
    case 'lanes':
    case 'contexts':
    case 'events':
    case 'matrix':
    case 'trends':
    case 'doctor':
    case 'rebalance':
    case 'maintenance':
    case 'operations':
    case 'logs':
      return []
    default:
      return assertNever(screen)
  }
}

/** Asks for what is looked at and old, or was never read; one request for each thing at a time. */
export function fetchIfDue(state: State): Step {
  const due = neededBy(currentView(state)).filter(ref => state.now >= dueAt(state, ref))
  return due.reduce<Step>((step, ref) => {
    const { state: next, effects } = ask(step.state, ref)
    return { state: next, effects: [...step.effects, ...effects] }
  }, stay(state))
}

/** When something that is looked at has to be read again, milliseconds since 1970. */
export function fetchDueAt(state: State): number {
  return Math.min(...neededBy(currentView(state)).map(ref => dueAt(state, ref)), Number.POSITIVE_INFINITY)
}

/** Makes what is looked at due at once, on a person's word. */
export function fetchNow(state: State): Step {
  const wanted = neededBy(currentView(state)).filter(ref => (findResource(state, ref)?.asked ?? null) === null)
  const old = wanted.reduce((rest, ref) => {
    const known = findResource(rest, ref)
    return known === null ? rest : withResource(rest, { ...known, askedAt: Number.NEGATIVE_INFINITY })
  }, state)
  return fetchIfDue(old)
}

/** Something has been read. An answer that was overtaken, or that nobody waits for any more, is dropped. */
export function receiveResource(state: State, key: string, number: number, value: unknown): State {
  const known = state.resources[key]
  if (known?.asked !== number) return state
  return withResource(state, { ...known, asked: null, value, readAt: state.now, problem: null })
}

export function failResource(state: State, key: string, number: number, problem: Problem): State {
  const known = state.resources[key]
  return known?.asked === number ? withResource(state, { ...known, asked: null, problem }) : state
}

function dueAt(state: State, ref: ResourceRef): number {
  if (state.reading === null || state.polling.link.kind === 'failed') return Number.POSITIVE_INFINITY
  const known = findResource(state, ref)
  if (known === null) return state.now
  return known.askedAt + (known.asked === null ? READ_EVERY_MS : GIVE_UP_AFTER_MS)
}

function ask(state: State, ref: ResourceRef): Step {
  const number = state.polling.sequence + 1
  const numbered = { ...state, polling: { ...state.polling, sequence: number } }
  const known = findResource(state, ref) ?? { ref, value: null, readAt: null, problem: null }
  return {
    state: withResource(numbered, { ...known, asked: number, askedAt: state.now }),
    effects: [{ kind: 'fetch', number, host: state.polling.host, ref }],
  }
}

function withResource(state: State, resource: Resource): State {
  const key = resourceKey(resource.ref)
  const others = Object.entries(state.resources).filter(([other]) => other !== key)
  return { ...state, resources: Object.fromEntries([...others.slice(1 - MOST_KEPT), [key, resource]]) }
}
