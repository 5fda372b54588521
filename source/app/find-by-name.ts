import type { State } from './state.ts'

/**
 * The nodes or services that a name means, as the docker CLI resolves one: the exact ID or name, else whatever begins
 * with it. More than one ID: the name is ambiguous.
 */
export function findByName(state: State, one: 'node' | 'service', name: string): { readonly ids: readonly string[] } {
  const cluster = state.reading?.cluster
  const all =
    one === 'node'
      ? (cluster?.nodes ?? []).map(entry => ({ id: entry.node.id, name: entry.name }))
      : (cluster?.services ?? []).map(entry => ({ id: entry.service.id, name: entry.service.name }))
  const exact = all.filter(entry => entry.id === name || entry.name === name)
  const chosen =
    exact.length > 0 ? exact : all.filter(entry => entry.id.startsWith(name) || entry.name.startsWith(name))
  return { ids: chosen.map(entry => entry.id) }
}
