import type { ApiMount } from '../../api/task.ts'
import { tasksOfNode } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { holdsResources, type Task, type VolumeAttachment } from '../world/task.ts'
import type { ClusterVolume } from '../world/volume.ts'

const GROUP = 'group:'

/*
 * Source: moby/swarmkit manager/scheduler/volumes.go
 * Leaves out: the CSI plugin's own work, and where it can reach; every volume can be used on every node.
 */

/** The mounts of a task for which the swarm itself finds the volume. */
export function clusterMounts(task: Task): readonly ApiMount[] {
  return (task.spec.ContainerSpec?.Mounts ?? []).filter(mount => mount.Type === 'cluster')
}

/** A volume for each such mount, were the task put on this node; null when one finds none. */
export function attachVolumes(swarm: Swarm, task: Task, nodeId: string): readonly VolumeAttachment[] | null {
  const attachments: VolumeAttachment[] = []
  for (const mount of clusterMounts(task)) {
    const volume = Object.values(swarm.volumes).find(
      candidate => isAskedFor(candidate, mount.Source ?? '') && isUsable(swarm, candidate, mount, nodeId),
    )
    if (volume === undefined) return null
    attachments.push({ id: volume.id, source: mount.Source ?? '', target: mount.Target ?? '' })
  }
  return attachments
}

function isAskedFor(volume: ClusterVolume, source: string): boolean {
  return source.startsWith(GROUP) ? volume.group === source.slice(GROUP.length) : volume.name === source
}

function isUsable(swarm: Swarm, volume: ClusterVolume, mount: ApiMount, nodeId: string): boolean {
  if (volume.availability !== 'active') return false
  const users = usersOf(swarm, volume)
  if (volume.scope === 'single' && users.some(user => user.nodeId !== nodeId)) return false
  switch (volume.sharing) {
    case 'none':
      return users.length === 0
    case 'readonly':
      return mount.ReadOnly === true
    case 'onewriter':
      return mount.ReadOnly === true || !users.some(user => writesTo(user, volume))
    case 'all':
      return true
  }
}

function usersOf(swarm: Swarm, volume: ClusterVolume): readonly Task[] {
  return Object.keys(swarm.nodes)
    .flatMap(nodeId => tasksOfNode(swarm, nodeId))
    .filter(task => holdsResources(task) && task.volumes?.some(({ id }) => id === volume.id) === true)
}

function writesTo(task: Task, volume: ClusterVolume): boolean {
  const targets = (task.volumes ?? []).filter(({ id }) => id === volume.id).map(({ target }) => target)
  return clusterMounts(task).some(mount => mount.ReadOnly !== true && targets.includes(mount.Target ?? ''))
}
