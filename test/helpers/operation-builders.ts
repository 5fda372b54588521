import type { NodeSwitch, ServiceOperation } from '../../source/operations/operation.ts'
import { nodeIdOf, serviceIdOf } from './api-builders.ts'

/** The operation on the node of this name, as it would be asked for: `onNode('drain', 'w1')`. */
export const onNode = (kind: NodeSwitch['kind'], name: string): NodeSwitch => ({
  kind,
  nodeId: nodeIdOf(name),
  name,
})

export const forceUpdate = (name: string): ServiceOperation & { kind: 'force-update' } => ({
  kind: 'force-update',
  serviceId: serviceIdOf(name),
  name,
})
