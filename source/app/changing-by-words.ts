import { askForOperations } from './asking.ts'
import type { Action } from './commands.ts'
import { findAmong, type Named, type NamedKind, namedThings } from './find-by-name.ts'
import { keyGroupsOf } from './key-groups.ts'
import { operationOn } from './meant-operations.ts'
import { notify } from './navigating.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'
import { askForValue, askForValueHere, enterValue } from './values/asking-value.ts'
import { parseValue } from './values/parse-value.ts'
import { requestHere, THE_SWARM, type ValueKind, type ValueRequest } from './values/value-request.ts'

type What = (Action & { readonly kind: 'change' })['what']

/** Without words the value is asked for, for what is marked or selected, as after the key. */
export function changeHere(state: State, what: What): Step {
  const kind = kindHere(state, what)
  return kind === null ? stay(notify(state, 'warning', 'Nothing is selected here')) : stay(askForValueHere(state, kind))
}

/**
 * `api 5`: a name and the value; `api`: the value is asked for; `5`: the value for what is marked or selected. What is no
 * name and no value either says so.
 */
export function changeByWords(state: State, what: What, kinds: readonly NamedKind[], argument: string): Step {
  const { named, value } = splitName(state, kinds, argument.trim())
  const [one, other] = named
  if (other !== undefined) {
    const names = named.map(({ name }) => name).join(', ')
    return stay(notify(state, 'warning', `"${argument.trim().split(/\s/, 1)[0]}" may mean ${names}: type more of it`))
  }
  if (one === undefined) return changeMeant(state, what, argument)
  const request = { kind: kindOf(what, one.kind), targets: [{ id: one.id, name: one.name }] }
  return value === '' ? stay(askForValue(state, request)) : enter(state, request, value)
}

/** What a line is for as soon as it names one thing and goes on behind it; null before that. */
export function requestInWords(
  state: State,
  what: What,
  kinds: readonly NamedKind[],
  words: string,
): ValueRequest | null {
  const { named, value } = splitName(state, kinds, words)
  const [one, other] = named
  if (one === undefined || other !== undefined || (value === '' && !words.endsWith(' '))) return null
  return { kind: kindOf(what, one.kind), targets: [{ id: one.id, name: one.name }] }
}

/** The history limit is the swarm's, which needs no name. */
export const changeHistory = (state: State, argument: string): Step =>
  enter(state, { kind: 'set-history-limit', targets: [THE_SWARM] }, argument)

/** Names may have blanks in them: the longest one that the words begin with, else what the first word begins. */
function splitName(
  state: State,
  kinds: readonly NamedKind[],
  words: string,
): { readonly named: readonly Named[]; readonly value: string } {
  const exact = kinds
    .flatMap(kind => namedThings(state, kind))
    .filter(({ name }) => name !== '' && (words === name || words.startsWith(`${name} `)))
    .toSorted((one, other) => other.name.length - one.name.length)
  const [longest] = exact
  if (longest !== undefined) {
    return {
      named: exact.filter(({ name, kind }) => name === longest.name && kind === longest.kind),
      value: words.slice(longest.name.length).trim(),
    }
  }
  const [first = ''] = words.split(/\s/, 1)
  return { named: findAmong(state, kinds, first), value: words.slice(first.length).trim() }
}

function changeMeant(state: State, what: What, argument: string): Step {
  const kind = kindHere(state, what)
  const cluster = state.reading?.cluster
  const request = kind === null ? null : requestHere(state, kind)
  if (request !== null && cluster !== undefined && request.targets.length > 0) {
    if (parseValue(request, argument, cluster).ok) return enter(state, request, argument)
  }
  const [first = ''] = argument.trim().split(/\s/, 1)
  const sort = what === 'label' ? 'node or service' : 'service'
  return stay(notify(state, 'warning', `There is no ${sort} "${first}"`))
}

/** As if the value had been asked for and typed: what is no value stays to be mended. */
function enter(state: State, request: ValueRequest, value: string): Step {
  if (state.reading === null) return stay(notify(state, 'warning', 'There is no reading of the swarm yet'))
  return enterValue(state, { kind: 'value', text: value, asks: request })
}

function kindHere(state: State, what: What): ValueKind | null {
  const groups = keyGroupsOf(state)
  if (what === 'history') return 'set-history-limit'
  if (what === 'label' && groups.includes('node')) return 'label-node'
  return groups.includes('service') ? kindOf(what, 'service') : null
}

function kindOf(what: What, named: NamedKind): ValueKind {
  const kinds = {
    scale: 'scale',
    image: 'change-image',
    label: named === 'node' ? 'label-node' : 'label-service',
    history: 'set-history-limit',
  } as const
  return kinds[what]
}

/** Removes what was named, be it a node, a service or a stack. */
export function removeNamed(state: State, { kind, id }: Named): Step {
  const removal = kind === 'node' ? 'remove-node' : kind === 'stack' ? 'remove-stack' : 'remove-service'
  return askForOperations(state, [operationOn(state, removal, id)])
}
