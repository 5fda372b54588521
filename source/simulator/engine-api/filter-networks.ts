import { type Answer, granted, refused } from '../control-api/refusal.ts'
import { type Filters, hasLabel, meets } from './filters.ts'
import { isReserved } from './local-networks.ts'
import type { RenderedNetwork } from './render-network.ts'

export const NETWORK_FILTERS = ['dangling', 'driver', 'id', 'label', 'name', 'scope', 'type']

/** Source: moby/moby daemon/network/filter.go */
export function filterNetworks(
  networks: readonly RenderedNetwork[],
  filters: Filters,
): Answer<readonly RenderedNetwork[]> {
  const found = networks.filter(
    ({ Name, Id, Driver, Scope, Labels }) =>
      meets(filters, 'driver', driver => driver === Driver) &&
      meets(filters, 'name', name => matches(Name, name)) &&
      meets(filters, 'id', id => matches(Id, id)) &&
      (filters.label ?? []).every(label => hasLabel(Labels ?? {}, label)) &&
      meets(filters, 'scope', scope => scope === Scope),
  )
  const { dangling = [], type = [] } = filters
  if (dangling.length > 1) return refused(400, 'got more than one value for filter key "dangling"')
  const [isDangling] = dangling
  if (isDangling !== undefined && !['0', 'false', '1', 'true'].includes(isDangling)) {
    return refused(400, `invalid value for filter 'dangling', must be "true" (or "1"), or "false" (or "0")`)
  }
  const wrongType = type.find(one => one !== 'builtin' && one !== 'custom')
  if (wrongType !== undefined) return refused(500, `invalid filter: 'type'='${wrongType}'`)
  return granted(
    found
      .filter(network => isDangling === undefined || isIdle(network) === (isDangling === '1' || isDangling === 'true'))
      .filter(({ Name }) => meets(filters, 'type', one => (one === 'builtin') === isReserved(Name))),
  )
}

function isIdle({ Name, Containers }: RenderedNetwork): boolean {
  return !isReserved(Name) && Object.keys(Containers ?? {}).length === 0
}

/**
 * A part of it, from its beginning with `^`, to its end with `$`. An engine takes any regular expression; one from a
 * stranger could keep a simulation busy for ever.
 */
function matches(text: string, wanted: string): boolean {
  const isFromStart = wanted.startsWith('^')
  const isToEnd = wanted.endsWith('$')
  const part = wanted.slice(isFromStart ? 1 : 0, isToEnd ? -1 : undefined)
  if (isFromStart && isToEnd) return text === part
  if (isFromStart) return text.startsWith(part)
  return isToEnd ? text.endsWith(part) : text.includes(part)
}
