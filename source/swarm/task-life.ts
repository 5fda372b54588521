import { isLive, stateRank } from '../rules/task-state.ts'
import type { SeenTask } from './seen-task.ts'
import type { Task } from './task.ts'

/** When a task did what; milliseconds since 1970. `null`: it has not, or nobody saw it. */
export type TaskLife = {
  readonly bornAt: number
  /** When it was on its node and began to get ready. */
  readonly placedAt: number | null
  readonly ranFrom: number | null
  /** Infinite while it goes on. */
  readonly endsAt: number
}

/**
 * The life of a task as far as it is known. Nobody can ask a dead node: a task there reads `running` for ever, though
 * another has long taken its slot; it ends where `next`, the one after it in its slot, begins.
 */
export function lifeOf({ task, steps, goneAt }: SeenTask, next: Task | null): TaskLife {
  const all = [...steps, { state: task.state, at: task.stateAt }]
  const placed = all.find(({ state }) => stateRank(state) >= ASSIGNED && stateRank(state) <= RUNNING)
  const running = all.find(({ state }) => state === 'running')
  return {
    bornAt: task.createdAt,
    placedAt: placed?.at ?? null,
    ranFrom: running?.at ?? null,
    endsAt: endOf(task, next, goneAt),
  }
}

const ASSIGNED = stateRank('assigned')
const RUNNING = stateRank('running')

function endOf(task: Task, next: Task | null, goneAt: number | null): number {
  if (hasEnded(task)) return task.stateAt
  const goesOn = isLive(task.desired) || next === null
  return Math.min(goneAt ?? Number.POSITIVE_INFINITY, goesOn ? Number.POSITIVE_INFINITY : next.createdAt)
}

/**
 * How long a task ran before it ended, milliseconds. Where nobody saw when it began, since it was made: at most that
 * long. Null for one that never ran, or runs still.
 */
export function ranFor(seen: SeenTask): { readonly ms: number; readonly isAtMost: boolean } | null {
  const { task } = seen
  if (!hasEnded(task) || task.state === 'rejected') return null
  const { ranFrom, endsAt } = lifeOf(seen, null)
  return { ms: Math.max(0, endsAt - (ranFrom ?? task.createdAt)), isAtMost: ranFrom === null }
}

export const isFailure = ({ state }: Task): boolean =>
  state === 'failed' || state === 'rejected' || state === 'orphaned'

export const hasEnded = (task: Task): boolean =>
  isFailure(task) || task.state === 'complete' || task.state === 'shutdown' || task.state === 'remove'

/** For a node, or, between two tries, for the restart delay to be over. */
export const isWaiting = ({ state, desired }: Task): boolean =>
  state === 'new' || state === 'allocated' || state === 'pending' || (state === 'ready' && desired === 'ready')
