import type { ClusterService } from './cluster.ts'

/**
 * How many of a service's slots run a task that was made since its update, or its rollback, began; `null` when none is
 * under way. The API does not say which tasks are new, but the updater makes each of them after the start it notes.
 */
export function updateProgress(entry: ClusterService): { readonly renewed: number; readonly total: number } | null {
  const { update } = entry.service
  if (update === null || update.startedAt === null || !IN_PROGRESS.has(update.state)) return null
  const { startedAt } = update
  const renewed = entry.slots.filter(slot => slot.isRunning && slot.live !== null && slot.live.createdAt >= startedAt)
  return { renewed: renewed.length, total: entry.desired }
}

const IN_PROGRESS: ReadonlySet<string> = new Set(['updating', 'paused', 'rollback_started', 'rollback_paused'])
