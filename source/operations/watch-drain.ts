import { counted } from '../rules/counted.ts'
import { isLive, isTerminal } from '../rules/task-state.ts'
import type { Cluster, ClusterNode, Slot } from '../swarm/cluster.ts'
import { nameTask } from '../swarm/name-task.ts'
import type { Task } from '../swarm/task.ts'
import type { Progress } from './operation.ts'
import { tallied } from './phrases.ts'
import { converged, failed, running } from './progress.ts'
import { isOver, isStuck, sayWaiting } from './say-waiting.ts'
import { type TasksOnNode, tasksOnNode } from './tasks-on-node.ts'

/**
 * A drain has converged when nothing but jobs lives on the node and every slot that ran there runs again. A slot that
 * did not run before need not run now: it is only waited for until it has left.
 */
export function watchDrain(node: ClusterNode, before: Cluster, after: Cluster): Progress {
  const earlier = before.nodeById.get(node.node.id)
  const tasks = earlier === undefined ? NOTHING : tasksOnNode(earlier, before)
  const present = tasksStillThere(node, after)
  const gone = tasks.moving.map(({ task }) => task).filter(({ id }) => !present.some(task => task.id === id))
  const waits = [...gone.flatMap(task => waitForSlot(task, after)), ...present.map(task => waitForStop(task, after))]

  const first = waits.toSorted((a, b) => b.gravity - a.gravity)[0]
  if (first === undefined) return converged(sayResult(tasks, node, after))
  if (waits.every(({ gravity }) => gravity === OVER)) return failed(`${node.name} is empty, but ${first.text}`)
  const total = countTasks(tasks, present)
  const done = total - waits.length
  const others = waits.length > 1 ? ` and ${waits.length - 1} more` : ''
  return running(`${done} of ${counted(total, 'task')} ${sayMoved(tasks)}, ${first.text}${others}`, done, total)
}

const NOTHING: TasksOnNode = { moving: [], lost: [], global: [], jobs: [] }

/** What needs a person is told before what only needs time. */
type Wait = { readonly text: string; readonly gravity: number }

const NEEDS_TIME = 0
const STUCK = 1
const OVER = 2

/** What has not ended there, jobs left out. Of a node that is down nothing is heard: what was told to stop is gone. */
function tasksStillThere({ node, tasks }: ClusterNode, after: Cluster): readonly Task[] {
  return tasks.filter(
    task => !isTerminal(task.state) && !isJob(task, after) && (node.state !== 'down' || isLive(task.desired)),
  )
}

const waitForStop = (task: Task, after: Cluster): Wait => ({
  text: `${nameTask(task, after)} ${isLive(task.desired) ? 'still lives there' : 'is stopping'}`,
  gravity: NEEDS_TIME,
})

/** Without a wait where the slot runs again, or need not: its service was scaled down or removed meanwhile. */
function waitForSlot(task: Task, after: Cluster): readonly Wait[] {
  const slot = slotOf(task, after)
  if (slot === undefined || slot.why === null || task.state !== 'running') return []
  return [{ text: sayWaiting(slot, after), gravity: isOver(slot) ? OVER : isStuck(slot) ? STUCK : NEEDS_TIME }]
}

/** Those that were there when it was asked for, and those that came before it took effect. */
function countTasks({ moving, lost, global }: TasksOnNode, present: readonly Task[]): number {
  return new Set([...moving, ...lost, ...global].map(({ task }) => task.id).concat(present.map(({ id }) => id))).size
}

function sayMoved({ moving, lost, global }: TasksOnNode): string {
  if (lost.length + global.length === 0) return 'moved'
  return moving.length === 0 ? 'stopped' : 'moved or stopped'
}

function sayResult({ moving, lost, global }: TasksOnNode, node: ClusterNode, after: Cluster): string {
  const places = moving.flatMap(({ task }) => after.nodeById.get(slotOf(task, after)?.live?.nodeId ?? '')?.name ?? [])
  const stopped = lost.length + global.length
  const jobs = tasksOnNode(node, after).jobs.length
  const parts = [
    ...(moving.length > 0 ? [`${counted(moving.length, 'task')} moved`] : []),
    ...(places.length > 0 ? [`now on ${tallied(places)}`] : []),
    ...(stopped > 0 ? [`${counted(stopped, 'task')} stopped`] : []),
    ...(jobs > 0 ? [`${counted(jobs, 'task')} of jobs still there`] : []),
  ]
  return parts.length === 0 ? 'there was no task to move' : parts.join(', ')
}

const slotOf = (task: Task, cluster: Cluster): Slot | undefined =>
  cluster.serviceById.get(task.serviceId)?.slots.find(({ number }) => number === task.slot)

const isJob = (task: Task, cluster: Cluster): boolean =>
  ['replicated-job', 'global-job'].includes(cluster.serviceById.get(task.serviceId)?.service.mode.kind ?? '')
