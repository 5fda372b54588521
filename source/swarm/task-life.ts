import { assertNever } from '../rules/assert-never.ts'
import { isLive } from '../rules/task-state.ts'
import type { SeenTask } from './seen-task.ts'
import type { Task, TaskState } from './task.ts'

/** A part of a task's life in which it did one thing. Milliseconds since 1970; `to` is infinite while it goes on. */
export type Phase = { readonly doing: Doing; readonly from: number; readonly to: number }

/** Waiting for a node or for its turn, getting ready, running. */
export type Doing = 'waiting' | 'starting' | 'running'

/**
 * What a task did from its birth to its end, as far as it is known. What nobody saw is told by what must have been: one
 * that runs had to start, and one that has failed ran. `next`: the task after it in its slot.
 */
export function phasesOf(seen: SeenTask, next: Task | null): readonly Phase[] {
  const { task, steps } = seen
  const endsAt = endOf(seen, next)
  const known = hasEnded(task) ? steps : [...steps, { state: task.state, at: task.stateAt }]
  const [first] = known
  if (first === undefined)
    return [{ doing: task.state === 'rejected' ? 'starting' : 'running', from: task.createdAt, to: endsAt }]
  const doings = known.map(({ state, at }, index) => ({
    doing: index === known.length - 1 && isWaiting(task) ? ('waiting' as const) : doingIn(state),
    at,
  }))
  const before = {
    doing: first.state === 'running' ? ('starting' as const) : (doings[0]?.doing ?? 'starting'),
    at: task.createdAt,
  }
  const all = [before, ...doings]
  return all
    .map(({ doing, at }, index) => ({
      doing,
      from: Math.min(at, endsAt),
      to: Math.min(all[index + 1]?.at ?? endsAt, endsAt),
    }))
    .filter(({ from, to }) => to > from)
}

function doingIn(state: TaskState): Doing {
  switch (state) {
    case 'new':
    case 'allocated':
    case 'pending':
      return 'waiting'
    case 'assigned':
    case 'accepted':
    case 'preparing':
    case 'ready':
    case 'starting':
      return 'starting'
    case 'running':
    case 'complete':
    case 'shutdown':
    case 'failed':
    case 'rejected':
    case 'remove':
    case 'orphaned':
      return 'running'
    default:
      return assertNever(state)
  }
}

/**
 * When a task ended, infinite while it goes on. Nobody can ask a dead node: a task there reads `running` for ever, though
 * another has long taken its slot; it ends where the next one begins.
 */
export function endOf({ task, goneAt }: SeenTask, next: Task | null): number {
  if (hasEnded(task)) return task.stateAt
  const goesOn = isLive(task.desired) || next === null
  return Math.min(goneAt ?? Number.POSITIVE_INFINITY, goesOn ? Number.POSITIVE_INFINITY : next.createdAt)
}

/**
 * How long a task ran before it ended, milliseconds. Where nobody saw when it began, since it was made: at most that
 * long. Null for one that never ran, or has not ended.
 */
export function ranFor({ task, steps }: SeenTask): { readonly ms: number; readonly isAtMost: boolean } | null {
  if (!hasEnded(task) || task.state === 'rejected') return null
  const began = steps.find(({ state }) => state === 'running')
  return { ms: Math.max(0, task.stateAt - (began?.at ?? task.createdAt)), isAtMost: began === undefined }
}

export const isFailure = ({ state }: Pick<Task, 'state'>): boolean =>
  state === 'failed' || state === 'rejected' || state === 'orphaned'

export const hasEnded = (task: Task): boolean =>
  isFailure(task) || task.state === 'complete' || task.state === 'shutdown' || task.state === 'remove'

/** For a node, or, between two tries, for the restart delay to be over. */
export const isWaiting = ({ state, desired }: Task): boolean =>
  state === 'new' || state === 'allocated' || state === 'pending' || (state === 'ready' && desired === 'ready')
