import { machineOfNode } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'

/**
 * Whether a task answers; null for one that is not in the balance of its service. One whose machine has gone stays there
 * until its node is called down.
 *
 * Source: moby/libnetwork service_linux.go; moby/moby daemon/cluster/executor/container/controller.go
 * (activateServiceBinding, deactivateServiceBinding)
 */
export function placeOf(world: World, swarm: Swarm, task: Task): boolean | null {
  const machine = machineOfNode(world, swarm, task.nodeId)
  if (machine === undefined || swarm.services[task.serviceId] === undefined) return null
  if (machine.power !== 'on' || machine.isCut) {
    const isBelieved = swarm.nodes[task.nodeId]?.status.state !== 'down' && task.status.state === 'running'
    return isBelieved ? false : null
  }
  const known = machine.tasks[task.id]
  if (known?.status.state !== 'running' || machine.containers[known.containerId]?.state !== 'running') return null
  return known.step?.kind === 'drain' || known.step?.kind === 'stop' ? null : true
}
