import type { ApiNode } from '../../api/node.ts'
import { findNode } from '../control-api/find.ts'
import { removeNode, updateNode } from '../control-api/node.ts'
import { refused } from '../control-api/refusal.ts'
import { isReachable } from '../raft/reachability.ts'
import type { Node, NodeDescription } from '../world/node.ts'
import { PLUGINS } from '../world/plugins.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { type ClusterCall, EMPTY, json, type Result, readBody, readVersion, resultOf } from './call.ts'
import { type Filters, meets, meetsLabels, readFilters } from './filters.ts'
import { nodeSpecShape } from './object-shapes.ts'
import { readLoosely } from './read-loosely.ts'
import { renderTrust } from './swarm-info.ts'
import { formatTime } from './time.ts'

const FILTERS = ['id', 'name', 'role', 'membership', 'label', 'node.label']

export function listNodes(call: ClusterCall): Result {
  const filters = readFilters(call, FILTERS)
  if (!filters.ok) return resultOf(filters, json)
  const wrongRole = filters.value.role?.find(role => role !== 'manager' && role !== 'worker')
  if (wrongRole !== undefined) return resultOf(refused(500, `Invalid role filter: '${wrongRole}'`), json)
  const wrongMembership = filters.value.membership?.find(word => word !== 'accepted' && word !== 'pending')
  if (wrongMembership !== undefined) {
    return resultOf(refused(500, `Invalid membership filter: '${wrongMembership}'`), json)
  }
  const nodes = Object.values(call.swarm.nodes)
    .filter(node => passes(filters.value, node))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return json(nodes.map(node => renderNode(call.world, call.swarm, node)))
}

export function inspectNode(call: ClusterCall): Result {
  return resultOf(findNode(call.swarm, call.id), node => json(renderNode(call.world, call.swarm, node)))
}

export function postNodeUpdate(call: ClusterCall): Result {
  const body = readBody(call, 'NodeSpec', nodeSpecShape)
  if (!body.ok) return resultOf(body, json)
  const version = readVersion(call, 'node')
  if (!version.ok) return resultOf(version, json)
  return resultOf(updateNode(call.world, call.swarm, call.id, version.value, body.value), () => EMPTY)
}

export function deleteNode(call: ClusterCall): Result {
  return resultOf(removeNode(call.world, call.swarm, call.id, readLoosely(call, 'force')), () => EMPTY)
}

/** The role that is matched is the observed one. */
function passes(filters: Filters, node: Node): boolean {
  return (
    meets(filters, 'id', id => node.id.startsWith(id)) &&
    meets(filters, 'name', name => node.description.hostname.startsWith(name)) &&
    meets(filters, 'role', role => node.role === role) &&
    meets(filters, 'membership', membership => membership === (node.spec.membership ?? 'accepted')) &&
    meetsLabels(filters, 'label', node.description.engineLabels) &&
    meetsLabels(filters, 'node.label', node.spec.labels)
  )
}

/** `ManagerStatus` is computed here and stored nowhere. Source: moby/moby daemon/cluster/convert/node.go */
function renderNode(world: World, swarm: Swarm, node: Node): ApiNode {
  const { spec, description, status } = node
  const member = swarm.raft.members[node.id]
  const isLeader = swarm.raft.leader === node.id
  return {
    ID: node.id,
    Version: { Index: node.version },
    CreatedAt: formatTime(world, node.createdAt),
    UpdatedAt: formatTime(world, node.updatedAt),
    Spec: {
      ...(spec.name !== '' && { Name: spec.name }),
      Labels: spec.labels,
      Role: spec.role,
      Availability: spec.availability,
    },
    Description: renderDescription(swarm, description),
    Status: {
      State: status.state,
      ...(status.message !== '' && { Message: status.message }),
      ...(status.address !== '' && { Addr: status.address }),
    },
    ...(member !== undefined && {
      ManagerStatus: {
        ...(isLeader && { Leader: true }),
        Reachability: isReachable(world, swarm, node.id) ? 'reachable' : 'unreachable',
        Addr: member.address,
      },
    }),
  }
}

/** Of a node whose agent has not registered yet nothing is there but the frame. */
function renderDescription(swarm: Swarm, description: NodeDescription): NonNullable<ApiNode['Description']> {
  const { hostname, os, architecture, nanoCpus, memoryBytes, engineVersion, engineLabels } = description
  if (hostname === '') return { Platform: {}, Resources: {}, Engine: {}, TLSInfo: {} }
  return {
    Hostname: hostname,
    Platform: { Architecture: architecture, OS: os },
    Resources: {
      NanoCPUs: nanoCpus,
      MemoryBytes: memoryBytes,
      ...(description.genericResources && { GenericResources: description.genericResources }),
    },
    Engine: { EngineVersion: engineVersion, Labels: engineLabels, Plugins: description.plugins ?? PLUGINS },
    TLSInfo: renderTrust(swarm.cluster.trustRoot),
  }
}
