import { keepBy } from '../app/rows/keep-by.ts'
import type { SeenTask } from '../swarm/seen-task.ts'
import { isFailure, type Phase, phasesOf } from '../swarm/task-life.ts'

/** What a slot was doing in one cell of its time line. `unknown`: before anything that is known; `over`: nothing any more. */
export type Moment = 'nothing' | 'unknown' | 'over' | 'waiting' | 'starting' | 'running' | 'failed'

/** A cell, and the task that it shows. `failures`: how many tasks failed in it. */
export type Cell = { readonly moment: Moment; readonly taskId: string; readonly failures: number }

/** How long a cell lasts, when the last one ends, and how many there are: the same for all slots of a panel. */
export type Scale = { readonly cells: number; readonly cellMs: number; readonly endsAt: number }

/** With a round number of cells one lasts a round number of seconds. */
const ROUND_COUNTS = [90, 60, 45, 36, 30, 20, 15, 10] as const

/**
 * The scale of a time line over the last `spanMs` that has `width` cells at most; no cells when there is hardly any room.
 * `now` by the swarm's clock. The line moves on by whole cells, so it stays as it is for a while.
 */
export function timeScale(width: number, now: number, spanMs: number): Scale {
  return scaleOf(ROUND_COUNTS.find(count => count <= width) ?? 0, now, spanMs)
}

/** The same, as wide as there is room. */
export function wideScale(width: number, now: number, spanMs: number): Scale {
  return scaleOf(Math.max(0, width), now, spanMs)
}

function scaleOf(cells: number, now: number, spanMs: number): Scale {
  const cellMs = Math.max(1, Math.round(cells === 0 ? spanMs : spanMs / cells))
  return { cells, cellMs, endsAt: Math.ceil((now + 1) / cellMs) * cellMs }
}

export const startOf = ({ cells, cellMs, endsAt }: Scale): number => endsAt - cells * cellMs

/**
 * What a slot was doing in each cell, oldest first. `tasks`: all that were seen in it, newest first. Before `since`, when
 * its service was made, there was nothing; of what Swarm has forgotten nothing is known.
 */
export function drawTimeLine(tasks: readonly SeenTask[], scale: Scale, now: number, since = 0): readonly Cell[] {
  const start = startOf(scale)
  const cellAt = (at: number) => Math.floor((at - start) / scale.cellMs)
  const present = Math.min(scale.cells - 1, cellAt(now))
  const cells: Cell[] = Array.from({ length: scale.cells }, (_, index) => ({
    moment: index > present || index < cellAt(since) ? 'nothing' : 'unknown',
    taskId: '',
    failures: 0,
  }))
  const paint = (from: number, to: number, moment: Moment, taskId: string) => {
    const end = Math.min(present, to)
    for (let index = Math.max(0, from); index <= end; index++) {
      const cell = cells[index]
      if (cell !== undefined && LOUDNESS[moment] >= LOUDNESS[cell.moment]) cells[index] = { ...cell, moment, taskId }
    }
  }

  const lives = livesOf(tasks)
  const [first] = lives
  if (first !== undefined) paint(cellAt(first.seen.task.createdAt), present, 'over', '')
  for (const { seen, phases } of lives) {
    for (const { doing, from, to } of phases) {
      // What ends where a cell ends has no part in the next one.
      if (to > start) paint(cellAt(from), Math.ceil((to - start) / scale.cellMs) - 1, doing, seen.task.id)
    }
  }
  for (const { seen } of lives) {
    const index = cellAt(seen.task.stateAt)
    const cell = cells[index]
    if (cell !== undefined && isFailure(seen.task)) {
      cells[index] = { moment: 'failed', taskId: seen.task.id, failures: cell.failures + 1 }
    }
  }
  return cells
}

type Life = { readonly seen: SeenTask; readonly phases: readonly Phase[] }

const livesOf = keepBy((tasks: readonly SeenTask[]): readonly Life[] => {
  const oldestFirst = tasks.toSorted((a, b) => a.task.createdAt - b.task.createdAt)
  return oldestFirst.map((seen, index) => ({ seen, phases: phasesOf(seen, oldestFirst[index + 1]?.task ?? null) }))
})

/**
 * Two tasks may share a cell while one takes over from the other. A failure is what a person looks for, so it takes its
 * whole cell.
 */
const LOUDNESS: Readonly<Record<Moment, number>> = {
  nothing: 0,
  unknown: 1,
  over: 2,
  waiting: 3,
  starting: 4,
  running: 5,
  failed: 6,
}
