import type { Machine } from '../world/machine.ts'

/** An engine waits no longer than this for its swarm part to stop. */
const LIMIT_MS = 15_000

/** How long a machine's containers take to stop, all at once, in milliseconds. */
export function longestStop({ containers, tasks }: Machine): number {
  const waits = Object.values(containers).map(container => {
    const task = tasks[container.taskId]
    if (container.state !== 'running' || task === undefined) return 0
    const { stopMs } = task.behaviour
    return stopMs === 'ignores-signal' ? task.stopGraceMs : Math.min(stopMs[1], task.stopGraceMs)
  })
  return Math.min(LIMIT_MS, Math.max(0, ...waits))
}
