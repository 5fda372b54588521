import { isLive } from '../rules/task-state.ts'
import type { Slot } from '../swarm/cluster.ts'
import type { Task } from '../swarm/task.ts'

/** What a slot was doing in one cell of its time line. */
export type Moment = 'nothing' | 'waiting' | 'starting' | 'running' | 'failed'

/** How long a cell lasts, when the last one ends, and how many there are: the same for all slots of a panel. */
export type Scale = { readonly cells: number; readonly cellMs: number; readonly endsAt: number }

const SPAN_MS = 15 * 60_000

/** Cells last a round number of seconds, so that a line of them is exactly the fifteen minutes it says it is. */
const CELL_COUNTS = [90, 60, 45, 36, 30, 20, 15, 10] as const

/**
 * The scale of a time line that has `width` cells at most; no cells when there is hardly any room. `now` by the swarm's
 * clock. The line moves on by whole cells, so it stays as it is for many seconds.
 */
export function timeScale(width: number, now: number): Scale {
  const cells = CELL_COUNTS.find(count => count <= width) ?? 0
  const cellMs = cells === 0 ? SPAN_MS : SPAN_MS / cells
  return { cells, cellMs, endsAt: Math.ceil((now + 1) / cellMs) * cellMs }
}

/** What the slot was doing in each cell, oldest first. Of tasks that Swarm has forgotten nothing is known. */
export function drawTimeLine(slot: Slot, scale: Scale, now: number): readonly Moment[] {
  const episodes = slot.tasks
    .toReversed()
    .map((task, index, tasks) => ({ task, endsAt: endOf(task, tasks[index + 1]) }))
  return Array.from({ length: scale.cells }, (_, index) => {
    const from = scale.endsAt - (scale.cells - index) * scale.cellMs
    return momentOf(episodes, from, Math.min(from + scale.cellMs, now + 1))
  })
}

type Episode = { readonly task: Task; readonly endsAt: number }

/** Nobody can ask a dead node: a task there reads `running` for ever, though another has long taken its slot. */
function endOf(task: Task, next: Task | undefined): number {
  if (hasEnded(task)) return task.stateAt
  return isLive(task.desired) || next === undefined ? Number.POSITIVE_INFINITY : next.createdAt
}

/** A failure is what a person looks for, so it takes its whole cell; else the cell shows how it ended. */
function momentOf(episodes: readonly Episode[], from: number, to: number): Moment {
  if (episodes.some(({ task }) => isFailure(task) && task.stateAt >= from && task.stateAt < to)) return 'failed'
  const present = episodes.filter(({ task, endsAt }) => task.createdAt < to && endsAt >= from)
  return present.map(({ task }) => momentOfTask(task, to)).reduce(louder, 'nothing')
}

/** The API keeps the time of a task's last change only; what came before it is told by what must have come before. */
function momentOfTask(task: Task, at: number): Moment {
  if (hasEnded(task)) return task.state === 'rejected' ? 'starting' : 'running'
  if (task.state === 'running') return task.stateAt < at ? 'running' : 'starting'
  return isWaiting(task) || task.stateAt >= at ? 'waiting' : 'starting'
}

/** Two tasks may share a cell while one takes over from the other. */
function louder(one: Moment, other: Moment): Moment {
  return LOUDNESS.indexOf(one) > LOUDNESS.indexOf(other) ? one : other
}

const LOUDNESS: readonly Moment[] = ['nothing', 'waiting', 'starting', 'running', 'failed']

export const isFailure = (task: Task): boolean =>
  task.state === 'failed' || task.state === 'rejected' || task.state === 'orphaned'

const hasEnded = (task: Task): boolean =>
  isFailure(task) || task.state === 'complete' || task.state === 'shutdown' || task.state === 'remove'

/** For a node, or, between two tries, for the restart delay to be over. */
const isWaiting = (task: Task): boolean =>
  task.state === 'new' ||
  task.state === 'allocated' ||
  task.state === 'pending' ||
  (task.state === 'ready' && task.desired === 'ready')
