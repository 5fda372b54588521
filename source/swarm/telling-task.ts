import type { Slot } from './cluster.ts'
import type { Task } from './task.ts'

/**
 * The task of a slot that tells most of how it is. While it fails again and again, the one that waits for its turn has
 * nothing to tell: the one that failed has.
 */
export function tellingTask({ why, live, tasks }: Slot): Task | null {
  const failed = why?.kind === 'failing' ? tasks.find(({ state }) => state === 'failed' || state === 'rejected') : null
  return failed ?? live ?? tasks[0] ?? null
}
