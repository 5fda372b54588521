import { counted } from '../rules/counted.ts'
import { isLive, isTerminal } from '../rules/task-state.ts'
import type { Cluster, ClusterService, Slot } from '../swarm/cluster.ts'
import { nameTask } from '../swarm/name-task.ts'
import type { Task } from '../swarm/task.ts'
import type { OperationOf, Progress } from './operation.ts'
import { converged, failed, running } from './progress.ts'
import { isStuck, sayWaiting } from './say-waiting.ts'
import { watchJob } from './watch-update.ts'

/**
 * A service has its new size when so many tasks run, and have run for the monitor time of its updates without one being
 * lost; and when those that are too many have gone.
 * Source: docker/cli cli/command/service/progress/progress.go (ServiceProgress)
 */
export function watchScale(
  { replicas }: OperationOf<'scale'>,
  watched: { readonly entry: ClusterService; readonly after: Cluster; readonly previous: Progress | undefined },
): Progress {
  const { entry, after, previous } = watched
  const { mode, settings } = entry.service
  if (mode.kind === 'replicated-job') {
    return mode.totalCompletions === replicas ? watchJob(entry, after) : otherHand(mode.totalCompletions)
  }
  if (mode.kind !== 'replicated' || mode.replicas !== replicas) return otherHand(entry.desired)
  const waiting = entry.slots.filter(({ why }) => why !== null)
  const leaving = tasksLeaving(entry, after)
  const [first] = leaving
  if (entry.running < replicas || waiting.length > 0) {
    return running(`${entry.running} of ${replicas} running${sayReason(waiting, after)}`, entry.running, replicas)
  }
  if (first !== undefined) {
    const text = `${counted(leaving.length, 'task')} too many, ${nameTask(first, after)} is stopping`
    return running(text, entry.running, entry.running + leaving.length)
  }
  return watchSteady(`${replicas} of ${replicas} running`, replicas, after, settings.updateConfig.monitorMs, previous)
}

const otherHand = (replicas: number): Progress => failed(`scaled to ${replicas} by someone else`)

function sayReason(waiting: readonly Slot[], after: Cluster): string {
  const first = waiting.find(isStuck) ?? waiting[0]
  return first === undefined ? '' : `, ${sayWaiting(first, after)}`
}

/** Told to stop, and not ended yet; of a node that is down nothing more is heard. */
const tasksLeaving = ({ slots }: ClusterService, { nodeById }: Cluster): readonly Task[] =>
  slots
    .flatMap(({ tasks }) => tasks)
    .filter(
      task =>
        !isLive(task.desired) &&
        !isTerminal(task.state) &&
        nodeById.get(task.nodeId)?.node.state !== 'down' &&
        task.nodeId !== '',
    )

/** Nothing is sure before it has stayed so for a while; a task that is lost in between begins the while anew. */
function watchSteady(
  text: string,
  total: number,
  { snapshot }: Cluster,
  monitorMs: number,
  previous: Progress | undefined,
): Progress {
  const before = previous?.kind === 'running' ? previous.steadySince : undefined
  const since = before ?? snapshot.takenAt
  const leftMs = since + monitorMs - snapshot.takenAt
  if (total === 0 || leftMs <= 0) return converged(text)
  return {
    ...running(`${text}, watched for another ${Math.ceil(leftMs / 1000)} s`, total, total),
    steadySince: since,
  } as Progress
}
