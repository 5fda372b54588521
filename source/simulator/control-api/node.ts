import type { ApiNodeSpec } from '../../api/node.ts'
import { receiveTask } from '../agent/agent.ts'
import { type Machine, machineOfNode } from '../world/machine.ts'
import type { NodeAvailability, NodeRole, NodeSpec } from '../world/node.ts'
import { tasksOfNode, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isBefore, type TaskStatus } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { findNode } from './find.ts'
import { type Answer, granted, refused, refusedBySwarm } from './refusal.ts'
import { guardDemotion } from './role-manager.ts'

/**
 * Replaces a node's spec. `version` must be that of the node as it is now. Whoever updates through an engine unsays
 * the node's membership, which no engine's API knows.
 *
 * Source: moby/swarmkit manager/controlapi/node.go (UpdateNode), moby/moby daemon/cluster/{nodes,convert/node}.go
 */
export function updateNode(world: World, swarm: Swarm, text: string, version: number, body: ApiNodeSpec): Answer<null> {
  const spec = convertSpec(body)
  if (!spec.ok) return spec
  const found = findNode(swarm, text)
  if (!found.ok) return found
  const node = found.value

  if (node.spec.role === 'manager' && spec.value.role === 'worker') {
    const guard = guardDemotion(world, swarm, node)
    if (!guard.ok) return guard
  }
  if (node.version !== version) return refusedBySwarm('Unknown', 'update out of sequence')
  transact(world, swarm, transaction => transaction.updateNode(node.id, { spec: spec.value }))
  return granted(null)
}

/**
 * Deletes a node that is no manager, and not ready unless it is forced. Its tasks are lost with it; its machine does not
 * notice, since nobody speaks to it any more, and remains a stranger until it leaves.
 *
 * Source: moby/swarmkit manager/controlapi/node.go (RemoveNode, orphanNodeTasks)
 */
export function removeNode(world: World, swarm: Swarm, text: string, isForced: boolean): Answer<null> {
  const found = findNode(swarm, text)
  if (!found.ok) return found
  const { id, spec, status } = found.value
  if (spec.role === 'manager' && swarm.raft.members[id] !== undefined) {
    const reason =
      'is a cluster manager and is a member of the raft cluster. It must be demoted to worker before removal'
    return refusedBySwarm('FailedPrecondition', `node ${id} ${reason}`)
  }
  if (status.state === 'ready' && !isForced) {
    return refusedBySwarm('FailedPrecondition', `node ${id} is not down and can't be removed`)
  }
  const machine = machineOfNode(world, swarm, id)
  const orphaned: TaskStatus = {
    at: world.now,
    state: 'orphaned',
    message: 'Task belonged to a node that has been deleted',
    error: '',
    container: null,
    ports: [],
  }
  transact(world, swarm, transaction => {
    for (const task of tasksOfNode(swarm, id)) {
      if (isBefore(task, 'complete')) transaction.updateTask(task.id, { status: orphaned })
    }
    // The cluster keeps a list of the certificates that it no longer trusts.
    transaction.updateCluster({})
    transaction.remove('node', id)
  })
  if (machine !== undefined) breakOff(world, machine)
  return granted(null)
}

/** The managers take back all that its agent has; one that is off hears of it when it is back. */
function breakOff(world: World, machine: Machine): void {
  if (machine.membership !== null) machine.membership.session = null
  for (const taskId of Object.keys(machine.tasks)) receiveTask(world, machine, taskId, null)
}

/** Role and availability are required, in whichever letter case. */
function convertSpec(body: ApiNodeSpec): Answer<NodeSpec> {
  const role = ROLES.find(word => word === (body.Role ?? '').toLowerCase())
  if (role === undefined) return refused(400, `invalid Role: ${JSON.stringify(body.Role ?? '')}`)
  const availability = AVAILABILITIES.find(word => word === (body.Availability ?? '').toLowerCase())
  if (availability === undefined) {
    return refused(400, `invalid Availability: ${JSON.stringify(body.Availability ?? '')}`)
  }
  return granted({
    name: body.Name ?? '',
    labels: body.Labels ?? {},
    role,
    availability,
    membership: 'pending',
  })
}

const ROLES: readonly NodeRole[] = ['manager', 'worker']
const AVAILABILITIES: readonly NodeAvailability[] = ['active', 'pause', 'drain']
