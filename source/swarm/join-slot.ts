import { isLive } from '../rules/task-state.ts'
import type { Slot } from './cluster.ts'
import { type DownSince, findWhy, whyEnded } from './find-why.ts'
import type { Node } from './node.ts'
import type { Service } from './service.ts'
import { isJob } from './service-mode.ts'
import type { Task } from './task.ts'

/** The nodes, in their order, as slots ask for them. */
export type Places = {
  readonly nodes: readonly { readonly node: Node; readonly name: string }[]
  /** Also for a node that is no more. */
  readonly downSince: DownSince
}

/** One slot of the tasks that have ever been in it: the live one first, then its history, newest first. */
export function joinSlot(
  service: Service,
  inSlot: readonly Task[],
  places: Places,
  key: string,
  name: string,
  number: number,
): Slot {
  const newestFirst = inSlot.toSorted((a, b) => b.createdAt - a.createdAt)
  const counting = newestFirst.filter(task => task.jobIteration === service.jobIteration || !isJob(service))
  const live = counting.find(task => isLive(task.desired)) ?? null
  const tasks = live === null ? newestFirst : [live, ...newestFirst.filter(task => task !== live)]
  const isRunning = counting.some(
    task => task.state === 'running' && isLive(task.desired) && places.downSince(task.nodeId) === null,
  )
  const shouldRun = live !== null && !isRunning && !isDone(service, live)
  return {
    key,
    name,
    number,
    tasks,
    live,
    isRunning,
    why: shouldRun ? findWhy(live, tasks, places.downSince) : null,
  }
}

/** A job's place that has been served in this iteration and wants nothing more. */
export const isDone = (service: Service, live: Task | null): boolean => isJob(service) && live?.state === 'complete'

/** Says of a slot without a live task how its last one ended. */
export function explainEnd(slot: Slot): Slot {
  const [last] = slot.tasks
  return slot.live === null && last !== undefined ? { ...slot, why: whyEnded(last) } : slot
}

/** A slot that should have a task and never had one. */
export const emptySlot = (key: string, name: string, number: number): Slot => ({
  key,
  name,
  number,
  tasks: [],
  live: null,
  isRunning: false,
  why: { kind: 'no-task' },
})
