import type { ApiTask } from '../../api/task.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { renderAttachments } from './render-attachments.ts'
import { formatTime } from './time.ts'

/** Source: moby/moby daemon/cluster/convert/task.go */
export function renderTask(world: World, swarm: Swarm, task: Task): ApiTask & { readonly Volumes: unknown } {
  const attachments = renderAttachments(world, swarm, task.networks ?? [])
  const { status } = task
  return {
    ID: task.id,
    Version: { Index: task.version },
    CreatedAt: formatTime(world, task.createdAt),
    UpdatedAt: formatTime(world, task.updatedAt),
    Labels: {},
    Spec: task.spec,
    ServiceID: task.serviceId,
    ...(task.slot !== 0 && { Slot: task.slot }),
    ...(task.nodeId !== '' && { NodeID: task.nodeId }),
    Status: {
      Timestamp: formatTime(world, status.at),
      State: status.state,
      ...(status.message !== '' && { Message: status.message }),
      ...(status.error !== '' && { Err: status.error }),
      ...(status.container !== null && {
        ContainerStatus: {
          ContainerID: status.container.id,
          PID: status.container.pid,
          ExitCode: status.container.exitCode,
        },
      }),
      PortStatus: status.ports.length > 0 ? { Ports: status.ports } : {},
    },
    DesiredState: task.desired,
    ...(task.jobIteration !== null && {
      JobIteration: task.jobIteration === 0 ? {} : { Index: task.jobIteration },
    }),
    ...(attachments.length > 0 && { NetworksAttachments: attachments }),
    ...(task.claims && { GenericResources: task.claims }),
    Volumes: task.volumes?.map(({ id, source, target }) => ({ ID: id, Source: source, Target: target })) ?? null,
  }
}
