import type { ApiNodeSpec } from '../../api/node.ts'
import { driverShape } from './service-shape.ts'
import { bytes, flag, labels, list, pointer, type Shape, struct, text } from './shape.ts'

/* Source: moby/moby api/types/swarm/{node,secret,config}.go, api/types/network/network.go */

export const nodeSpecShape: Shape<ApiNodeSpec> = struct('swarm.NodeSpec', {
  Name: text,
  Labels: labels,
  Role: text,
  Availability: text,
})

/** Of a config too, which has no driver. */
export const secretSpecShape = struct('swarm.SecretSpec', {
  Name: text,
  Labels: labels,
  Data: bytes,
  Driver: driverShape,
  Templating: driverShape,
})

export const networkCreateShape = struct('network.CreateRequest', {
  Name: text,
  Driver: text,
  Scope: text,
  EnableIPv4: pointer(flag),
  EnableIPv6: pointer(flag),
  IPAM: struct('network.IPAM', {
    Driver: text,
    Options: labels,
    Config: list(
      'network.IPAMConfig',
      struct('network.IPAMConfig', { Subnet: text, IPRange: text, Gateway: text, AuxiliaryAddresses: labels }),
    ),
  }),
  Internal: flag,
  Attachable: flag,
  Ingress: flag,
  ConfigOnly: flag,
  ConfigFrom: struct('network.ConfigReference', { Network: text }),
  Options: labels,
  Labels: labels,
})
