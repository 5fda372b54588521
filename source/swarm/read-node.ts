import type { ApiNode, ApiResources } from '../api/node.ts'
import { parseTime } from '../rules/duration.ts'
import type { ManagerStatus, Node, Resources } from './node.ts'
import { countIn, labelsIn, objectIn, textIn, wordIn } from './read-field.ts'

/** A node out of the wire's; its ID is `''` where the wire has none. */
export function readNode(wire: ApiNode): Node {
  const node = objectIn(wire)
  const spec = objectIn(node.Spec)
  const description = objectIn(node.Description)
  const platform = objectIn(description.Platform)
  const engine = objectIn(description.Engine)
  const status = objectIn(node.Status)
  const manager = readManagerStatus(node.ManagerStatus)
  return {
    id: textIn(node.ID),
    version: countIn(objectIn(node.Version).Index),
    hostname: textIn(description.Hostname),
    role: wordIn(spec.Role, ['worker', 'manager']),
    availability: wordIn(spec.Availability, ['active', 'pause', 'drain']),
    state: wordIn(status.State, ['unknown', 'down', 'ready', 'disconnected']),
    stateMessage: textIn(status.Message),
    address: addressOf(textIn(status.Addr), manager),
    manager,
    engineVersion: textIn(engine.EngineVersion),
    platform: { os: textIn(platform.OS), architecture: textIn(platform.Architecture) },
    capacity: readResources(description.Resources),
    labels: labelsIn(spec.Labels),
    engineLabels: labelsIn(engine.Labels),
    createdAt: parseTime(textIn(node.CreatedAt)),
    updatedAt: parseTime(textIn(node.UpdatedAt)),
  }
}

/** A leader's agent speaks to its own manager and says that it comes from nowhere; the raft knows its address. */
function addressOf(address: string, manager: ManagerStatus | null): string {
  return manager !== null && UNSPECIFIED.has(address) ? manager.address.replace(/:\d+$/, '') : address
}

const UNSPECIFIED: ReadonlySet<string> = new Set(['', '0.0.0.0', '::'])

/** That there is one at all says that the node is a member of the raft. */
function readManagerStatus(wire: ApiNode['ManagerStatus']): ManagerStatus | null {
  if (typeof wire !== 'object' || wire === null) return null
  const status = objectIn(wire)
  return {
    isLeader: status.Leader === true,
    reachability: wordIn(status.Reachability, ['unknown', 'unreachable', 'reachable']),
    address: textIn(status.Addr),
  }
}

export function readResources(wire: ApiResources | undefined): Resources {
  const resources = objectIn(wire)
  return { nanoCpus: countIn(resources.NanoCPUs), memoryBytes: countIn(resources.MemoryBytes) }
}
