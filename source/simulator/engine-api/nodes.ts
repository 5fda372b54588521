import type { ApiNode, ApiNodeSpec } from '../../api/node.ts'
import { findNode } from '../control-api/find.ts'
import { updateNode } from '../control-api/node.ts'
import { refused } from '../control-api/refusal.ts'
import { isReachable } from '../control-api/role-manager.ts'
import type { Node } from '../world/node.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { type ClusterCall, EMPTY, json, type Result, readBody, readVersion, resultOf } from './call.ts'
import { type Filters, hasLabel, meets, readFilters } from './filters.ts'
import { PLUGINS } from './plugins.ts'
import { formatTime } from './time.ts'
import { TLS_INFO } from './tls-info.ts'

const FILTERS = ['id', 'name', 'role', 'membership', 'label', 'node.label']

export function listNodes(call: ClusterCall): Result {
  const filters = readFilters(call, FILTERS)
  if (!filters.ok) return resultOf(filters, json)
  const wrongRole = filters.value.role?.find(role => role !== 'manager' && role !== 'worker')
  if (wrongRole !== undefined) return resultOf(refused(500, `Invalid role filter: '${wrongRole}'`), json)
  const nodes = Object.values(call.swarm.nodes)
    .filter(node => passes(filters.value, node))
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return json(nodes.map(node => renderNode(call.world, call.swarm, node)))
}

export function inspectNode(call: ClusterCall): Result {
  return resultOf(findNode(call.swarm, call.id), node => json(renderNode(call.world, call.swarm, node)))
}

export function postNodeUpdate(call: ClusterCall): Result {
  const body = readBody<ApiNodeSpec>(call)
  if (!body.ok) return resultOf(body, json)
  const version = readVersion(call, 'node')
  if (!version.ok) return resultOf(version, json)
  return resultOf(updateNode(call.world, call.swarm, call.id, version.value, body.value), () => EMPTY)
}

/** The role that is matched is the observed one. */
function passes(filters: Filters, node: Node): boolean {
  return (
    meets(filters, 'id', id => node.id.startsWith(id)) &&
    meets(filters, 'name', name => node.description.hostname.startsWith(name)) &&
    meets(filters, 'role', role => node.role === role) &&
    meets(filters, 'membership', membership => membership === 'accepted') &&
    meets(filters, 'label', label => hasLabel(node.description.engineLabels, label)) &&
    meets(filters, 'node.label', label => hasLabel(node.spec.labels, label))
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
    Description: {
      Hostname: description.hostname,
      Platform: { Architecture: description.architecture, OS: description.os },
      Resources: { NanoCPUs: description.nanoCpus, MemoryBytes: description.memoryBytes },
      Engine: { EngineVersion: description.engineVersion, Labels: description.engineLabels, Plugins: PLUGINS },
      TLSInfo: TLS_INFO,
    },
    Status: {
      State: status.state,
      ...(status.message !== '' && { Message: status.message }),
      Addr: status.address,
    },
    ...(member !== undefined && {
      ManagerStatus: {
        ...(isLeader && { Leader: true }),
        Reachability: isReachable(swarm, node.id) ? 'reachable' : 'unreachable',
        Addr: member.address,
      },
    }),
  }
}
