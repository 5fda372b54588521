import type { ApiNetwork } from '../api/network.ts'
import { parseTime } from '../rules/duration.ts'
import type { Network } from './network.ts'
import { labelsIn, listIn, objectIn, textIn, withIdentity } from './read-field.ts'

/** The networks out of an answer to `GET /networks`, in its order; what has no ID is left out. Never throws. */
export const readNetworkList = (answer: unknown): readonly Network[] =>
  withIdentity(listIn(answer as readonly ApiNetwork[]).map(readNetwork), ({ id }) => id)

function readNetwork(wire: ApiNetwork): Network {
  const network = objectIn(wire)
  return {
    id: textIn(network.Id),
    name: textIn(network.Name),
    driver: textIn(network.Driver),
    scope: textIn(network.Scope),
    subnets: listIn(objectIn(network.IPAM).Config)
      .map(config => textIn(objectIn(config).Subnet))
      .filter(Boolean),
    isInternal: network.Internal === true,
    isAttachable: network.Attachable === true,
    isEncrypted: isEncrypted(network.Options),
    isIngress: network.Ingress === true,
    labels: labelsIn(network.Labels),
    createdAt: parseTime(textIn(network.Created)),
  }
}

/** The option alone means yes. Source: moby/moby libnetwork/drivers/overlay/ov_network.go (CreateNetwork) */
function isEncrypted(options: ApiNetwork['Options']): boolean {
  const encrypted = labelsIn(options).encrypted
  return encrypted !== undefined && !/^(?:0|f|false)$/i.test(encrypted)
}
