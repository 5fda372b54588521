import type { Known } from '../../operations/maintenance/advance.ts'
import type { Reading, State } from '../state.ts'

/** What a maintenance goes by: the cluster as it was read, and what only this session knows. */
export function knowledgeOf({ settings }: State, { cluster, receivedAt }: Reading): Known {
  return { cluster, readAt: receivedAt, otherHosts: settings.hosts.length - 1, plan: null, uneven: [] }
}
