import type { ResourceRef } from '../swarm/resource-ref.ts'
import { currentView } from './current-view.ts'
import { objectOf } from './inspect/shown-document.ts'
import { findResource, neededBy, resourceKey } from './resources.ts'
import { screenKey } from './screen.ts'
import type { State } from './state.ts'

/**
 * What must not outlast the look at its screen: join tokens, which the swarm's settings come with, and that masked
 * values were asked for. It is done after every event, so that no way of leaving a screen can forget it, and no answer
 * that comes late brings them back.
 */
export function keepSecret(state: State): State {
  return followInspected(forgetTokens(maskAgain(state)))
}

function maskAgain(state: State): State {
  const { revealed } = state.navigation
  if (revealed === null || revealed === screenKey(currentView(state).screen)) return state
  return { ...state, navigation: { ...state.navigation, revealed: null } }
}

function forgetTokens(state: State): State {
  const needed = neededBy(currentView(state)).map(resourceKey)
  const left = WITH_TOKENS.filter(key => state.resources[key] !== undefined && !needed.includes(key))
  if (left.length === 0) return state
  const resources = Object.fromEntries(Object.entries(state.resources).filter(([key]) => !left.includes(key)))
  return { ...state, resources }
}

const WITH_TOKENS: readonly string[] = [
  { kind: 'swarm' } satisfies ResourceRef,
  { kind: 'object', object: { kind: 'swarm', id: '' } } satisfies ResourceRef,
].map(ref => resourceKey(ref))

/** Remembers how an object was when it was opened, for as long as it is looked at. */
function followInspected(state: State): State {
  const { screen } = currentView(state)
  const { inspected, now } = state
  if (screen.kind !== 'inspect') return inspected === null ? state : { ...state, inspected: null }
  const key = screenKey(screen)
  const opened = inspected?.screen === key ? inspected : { screen: key, openedAt: now, first: null }
  const resource = findResource(state, { kind: 'object', object: screen.object })
  const isFresh = (resource?.readAt ?? Number.NEGATIVE_INFINITY) >= opened.openedAt
  const first = opened.first ?? (isFresh ? objectOf(resource) : null)
  if (opened === inspected && first === inspected.first) return state
  return { ...state, inspected: { ...opened, first } }
}
