import type { ApiGenericResource, ApiNode } from '../api/node.ts'
import { type Machine, newManagerPart } from '../simulator/world/machine.ts'
import type { Node, NodeDescription, NodePlugin } from '../simulator/world/node.ts'
import type { Raft } from '../simulator/world/swarm.ts'
import { countIn, labelsIn, listIn, objectIn, textIn, wordIn } from '../swarm/read-field.ts'
import type { Clock } from './clock.ts'
import { isId, newRecord } from './records.ts'

/** The nodes of a reading, and a machine for each that behaves as the node does. */
export type CopiedNodes = {
  readonly nodes: Record<string, Node>
  /** By name. */
  readonly machines: Record<string, Machine>
  /** The names of machines that are not called as their nodes say, by node ID. */
  readonly namesakes: Readonly<Record<string, string>>
  readonly raft: Raft
}

export const SWARM_KEY = 's0'
const TERM = 1

/**
 * A node that is Down is a machine that is off, and so is a manager that the leader cannot reach. Who leads leads, who is a
 * member of the raft is one; when each joined is not known, and their order is that of the reading.
 */
export function copyNodes(wire: readonly ApiNode[], clock: Clock): CopiedNodes {
  const copied: CopiedNodes = {
    nodes: newRecord(),
    machines: newRecord(),
    namesakes: newRecord(),
    raft: { members: newRecord(), leader: '', term: TERM, leaderSince: 0, unreachableFrom: newRecord() },
  }
  for (const entry of wire) {
    if (isId(objectIn(entry).ID) && copied.nodes[entry.ID] === undefined) copyNode(copied, entry, clock)
  }
  for (const { membership } of Object.values(copied.machines)) {
    if (membership?.manager != null) membership.manager.leader = copied.raft.leader
  }
  return copied
}

function copyNode({ nodes, machines, namesakes, raft }: CopiedNodes, wire: ApiNode, clock: Clock): void {
  const node = readNode(wire, clock)
  nodes[node.id] = node
  const { Leader, Reachability, Addr } = objectIn(wire.ManagerStatus)
  const isMember = wire.ManagerStatus != null
  const isOff = node.status.state === 'down' || (isMember && Reachability === 'unreachable')
  if (isMember) raft.members[node.id] = { address: textIn(Addr) }
  if (isMember && isOff) raft.unreachableFrom[node.id] = 0
  if (Leader === true && !isOff) raft.leader = node.id
  const machine = machineOf(node, freeName(machines, node), isOff, isMember)
  machines[machine.name] = machine
  if (machine.name !== node.description.hostname) (namesakes as Record<string, string>)[node.id] = machine.name
}

/** A dead node and the one that came in its place have one name. */
function freeName(machines: Readonly<Record<string, Machine>>, { id, description }: Node): string {
  const { hostname } = description
  return hostname === '' || machines[hostname] !== undefined ? `${hostname}#${id}` : hostname
}

function readNode(wire: ApiNode, clock: Clock): Node {
  const spec = objectIn(wire.Spec)
  const status = objectIn(wire.Status)
  return {
    id: wire.ID,
    version: countIn(objectIn(wire.Version).Index),
    createdAt: clock.at(wire.CreatedAt),
    updatedAt: clock.at(wire.UpdatedAt),
    spec: {
      name: textIn(spec.Name),
      labels: labelsIn(spec.Labels),
      role: wordIn(spec.Role, ['worker', 'manager']),
      availability: wordIn(spec.Availability, ['active', 'pause', 'drain']),
    },
    // The role that a node has is told nowhere: who is in the raft is a manager.
    role: wire.ManagerStatus != null ? 'manager' : 'worker',
    description: readDescription(wire.Description),
    status: {
      state: wordIn(status.State, ['unknown', 'down', 'ready', 'disconnected']),
      message: textIn(status.Message),
      address: textIn(status.Addr),
    },
  }
}

/** An engine that lists no plugins at all has those that every engine has. */
function readDescription(wire: ApiNode['Description']): NodeDescription {
  const { Hostname, Platform, Resources, Engine } = objectIn(wire)
  const { NanoCPUs, MemoryBytes, GenericResources } = objectIn(Resources)
  const { EngineVersion, Labels, Plugins } = objectIn(Engine)
  const plugins = listIn(Plugins).map(
    (plugin): NodePlugin => ({ Type: textIn(objectIn(plugin).Type), Name: textIn(objectIn(plugin).Name) }),
  )
  const generic = listIn(GenericResources).filter(isObject)
  return {
    hostname: textIn(Hostname),
    os: textIn(objectIn(Platform).OS),
    architecture: textIn(objectIn(Platform).Architecture),
    nanoCpus: countIn(NanoCPUs),
    memoryBytes: countIn(MemoryBytes),
    engineVersion: textIn(EngineVersion),
    engineLabels: labelsIn(Labels),
    ...(plugins.length > 0 && { plugins }),
    ...(generic.length > 0 && { genericResources: generic }),
  }
}

function isObject(value: unknown): value is ApiGenericResource {
  return typeof value === 'object' && value !== null
}

function machineOf({ id, description, status }: Node, name: string, isOff: boolean, isManager: boolean): Machine {
  // Who leads has heard from a node that is well; of any other it has to hear anew.
  const session = !isOff && status.state === 'ready' ? TERM : null
  return {
    name,
    address: status.address,
    os: description.os,
    architecture: description.architecture,
    nanoCpus: description.nanoCpus,
    memoryBytes: description.memoryBytes,
    engineId: id,
    engineLabels: description.engineLabels,
    described: description,
    power: isOff ? 'off' : 'on',
    isSilent: isOff,
    isCut: false,
    membership: {
      swarm: SWARM_KEY,
      nodeId: id,
      state: 'active',
      manager: isManager ? newManagerPart({ term: TERM }) : null,
      session,
    },
    bootsUntil: null,
    images: newRecord(),
    pulls: newRecord(),
    containers: newRecord(),
    reports: newRecord(),
    tasks: newRecord(),
    events: [],
  }
}
