import { readNetworkList } from '../../swarm/read-network.ts'
import type { ObjectRef } from '../../swarm/resource-ref.ts'
import { findResource } from '../resources.ts'
import { usersOfConfig, usersOfNetwork, usersOfSecret, usersOfVolume } from '../rows/used-by.ts'
import type { State } from '../state.ts'

/** The services that use what is inspected; null for what is not there to be used, and while it is not known. */
export function usersOfObject(state: State, ref: ObjectRef): readonly string[] | null {
  const cluster = state.reading?.cluster
  if (cluster === undefined) return null
  switch (ref.kind) {
    case 'secret':
      return usersOfSecret(ref.id, cluster)
    case 'config':
      return usersOfConfig(ref.id, cluster)
    case 'volume':
      return usersOfVolume(ref.id, cluster)
    case 'network': {
      const [network] = readNetworkList([findResource(state, { kind: 'object', object: ref })?.value])
      return network === undefined ? null : usersOfNetwork(network, cluster)
    }
    default:
      return null
  }
}
