import type { Cluster, ClusterNode } from '../swarm/cluster.ts'
import { confirmationOf } from './confirmation.ts'
import { info } from './consequence.ts'
import { dockerCommand } from './docker-command.ts'
import { drainConsequences } from './drain-consequences.ts'
import { forceUpdateConsequences } from './force-update-consequences.ts'
import { gracefulConsequences, gracefulDrain } from './graceful-drain.ts'
import { explainLock } from './maintenance/explain-lock.ts'
import type { Question } from './operation.ts'
import { byGravity } from './weights.ts'

/** What is asked before a graceful drain: how it goes, what is left to the drain, and what that means. */
export function askGracefulDrain(entry: ClusterNode, cluster: Cluster): Question {
  const { sequence, moved } = gracefulDrain(entry, cluster)
  const movedIds = new Set(moved.map(({ service }) => service.id))
  const leftThere = { ...entry, tasks: entry.tasks.filter(({ serviceId }) => !movedIds.has(serviceId)) }
  const consequences = [
    ...explainLock(entry),
    ...gracefulConsequences(entry, cluster),
    ...moved.flatMap(service => forceUpdateConsequences(service, cluster).filter(({ weight }) => weight !== 'info')),
    ...drainConsequences(leftThere, cluster),
    ...(sequence.undo.length === 0
      ? []
      : [info(`if any of it fails, or is stopped between two services, ${entry.name} is activated again`)]),
  ].toSorted(byGravity)
  return {
    wish: sequence,
    title: `Drain ${entry.name} gracefully?`,
    consequences,
    commands: sequence.operations.map(operation => dockerCommand(operation, cluster)),
    confirmation: confirmationOf(sequence.operations, consequences),
  }
}
