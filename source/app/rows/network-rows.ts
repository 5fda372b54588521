import { compareNaturally } from '../../rules/natural-order.ts'
import type { Network } from '../../swarm/network.ts'
import { readNetworkList } from '../../swarm/read-network.ts'
import { stackIn } from '../../swarm/stack.ts'
import { currentView } from '../current-view.ts'
import type { State } from '../state.ts'
import { keepBy } from './keep-by.ts'
import { resourceRows } from './resource-rows.ts'
import { labelField, type RowSource } from './row-source.ts'
import { usersOfNetwork } from './used-by.ts'

export type NetworkRow = { readonly network: Network; readonly usedBy: readonly string[] }

/** The networks that the engine at hand knows, by name; on the screen of a stack only its own. */
export const NETWORK_ROWS: RowSource<NetworkRow> = {
  all: networksShown,
  idOf: ({ network }) => network.id,
  fieldsOf: row => {
    const { network, usedBy } = row
    return {
      name: network.name,
      id: network.id,
      driver: network.driver,
      scope: network.scope,
      subnet: network.subnets.join(' '),
      flags: networkFlags(network).join(' '),
      stack: stackIn(network.labels),
      used: usedBy.join(' '),
      label: labelField(network.labels),
    }
  },
  columns: [
    { name: 'name', by: ({ network }) => network.name },
    { name: 'driver', by: ({ network }) => network.driver },
    { name: 'scope', by: ({ network }) => network.scope },
    { name: 'subnets', by: ({ network }) => network.subnets.join(' ') },
    { name: 'flags', by: ({ network }) => networkFlags(network).join(' ') },
    { name: 'used', by: ({ usedBy }) => usedBy.length },
    { name: 'id', by: ({ network }) => network.id },
    { name: 'labels', by: ({ network }) => labelField(network.labels) },
  ],
}

/** What sets a network apart, in a word each. */
export const networkFlags = ({ isIngress, isAttachable, isInternal, isEncrypted }: Network): readonly string[] => [
  ...(isIngress ? ['ingress'] : []),
  ...(isAttachable ? ['attachable'] : []),
  ...(isInternal ? ['internal'] : []),
  ...(isEncrypted ? ['encrypted'] : []),
]

const allNetworks = resourceRows({ kind: 'networks' }, (answer, cluster) =>
  readNetworkList(answer)
    .map(network => ({ network, usedBy: usersOfNetwork(network, cluster) }))
    .toSorted((one, other) => compareNaturally(one.network.name, other.network.name)),
)

function networksShown(state: State): readonly NetworkRow[] {
  const all = allNetworks(state)
  const { screen } = currentView(state)
  return screen.kind === 'stack' ? (byStack(all).get(screen.stack) ?? NONE) : all
}

const NONE: readonly NetworkRow[] = []

const byStack = keepBy(
  (rows: readonly NetworkRow[]): ReadonlyMap<string, readonly NetworkRow[]> =>
    Map.groupBy(rows, ({ network }) => stackIn(network.labels)),
)
