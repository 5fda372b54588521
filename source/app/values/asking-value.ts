import type { Operation } from '../../operations/operation.ts'
import { assertNever } from '../../rules/assert-never.ts'
import { reasonAgainst } from '../acting.ts'
import { askForOperations } from '../asking.ts'
import { notify, withNavigation } from '../navigating.ts'
import type { Prompt, State } from '../state.ts'
import { type Step, stay } from '../step.ts'
import { parseValue } from './parse-value.ts'
import { firstValue } from './say-value.ts'
import { requestHere, type Target, type ValueKind, type ValueRequest } from './value-request.ts'

/** A key asked for an operation that needs a value: it is asked for in the line below, unless it cannot be done anyway. */
export function askForValueHere(state: State, kind: ValueKind): State {
  return askForValue(state, requestHere(state, kind))
}

/** As `askForValueHere`, for what was named. */
export function askForValue(state: State, request: ValueRequest): State {
  const { kind, targets } = request
  const { reading } = state
  const reasons = targets.map(target => reasonAgainst(state, probeOf(kind, target)))
  const [reason = NOTHING_SELECTED] = reasons
  if (reading === null || reasons.every(text => text !== null)) return notify(state, 'warning', reason ?? '')
  const several = reasonAgainstSeveral(request)
  if (several !== null) return notify(state, 'warning', several)
  const { text, from } = firstValue(request, reading.cluster)
  return withNavigation(state, {
    prompt: { kind: 'value', text, asks: request, ...(text !== '' && { selectedFrom: from }) },
  })
}

const NOTHING_SELECTED = 'Nothing is selected here'

/** Why one value will not do for all of these. */
export const reasonAgainstSeveral = ({ kind, targets }: ValueRequest): string | null =>
  kind === 'change-image' && targets.length > 1
    ? 'An image is changed for one service at a time: clear the marks first'
    : null

/** The value is there: what it makes of the request is asked about. What is no value says why, and stays to be mended. */
export function enterValue(state: State, prompt: Prompt): Step {
  const { asks, text } = prompt
  if (asks === undefined || state.reading === null) return stay(withNavigation(state, { prompt: null }))
  const parsed = parseValue(asks, text, state.reading.cluster)
  if (!parsed.ok) return stay(withNavigation(state, { prompt: { ...prompt, complaint: parsed.complaint } }))
  const several = reasonAgainstSeveral(asks)
  if (several !== null) return stay(notify(withNavigation(state, { prompt: null }), 'warning', several))
  return askForOperations(withNavigation(state, { prompt: null }), parsed.operations)
}

/** An operation of this kind with a value that nothing has yet, so that only what is against any value is found. */
function probeOf(kind: ValueKind, { id, name }: Target): Operation {
  switch (kind) {
    case 'scale':
      return { kind, serviceId: id, name, replicas: -1 }
    case 'change-image':
      return { kind, serviceId: id, name, image: '' }
    case 'label-service':
      return { kind, serviceId: id, name, set: { '': '' }, unset: [] }
    case 'label-node':
      return { kind, nodeId: id, name, set: { '': '' }, unset: [] }
    case 'set-history-limit':
      return { kind, name, limit: -1 }
    default:
      return assertNever(kind)
  }
}
