import { parseTime } from '../../rules/duration.ts'
import type { Node } from '../../swarm/node.ts'
import type { LabelChange } from '../operation.ts'
import type { Maintenance } from './maintenance.ts'

/**
 * The label that a node bears while it is in maintenance, for everybody who looks at the swarm: `ops@bastion
 * 2026-11-21T22:04:00Z`. It keeps nobody from anything by itself.
 */
export const LOCK_LABEL = 'swarmtop.maintenance'

/** Untrusted: anybody may have written it. `since`: milliseconds since 1970, 0 where the label tells no time. */
export type Lock = { readonly text: string; readonly by: string; readonly since: number }

/** Who has a node in maintenance; null where nobody has. */
export function lockOf({ labels }: Node): Lock | null {
  const text = labels[LOCK_LABEL]
  if (text === undefined) return null
  const at = text.lastIndexOf(' ')
  const since = at === -1 ? 0 : parseTime(text.slice(at + 1))
  const by = since === 0 ? text : text.slice(0, at)
  return { text, by: by.trim() === '' ? 'somebody' : by.trim(), since }
}

export const lockText = ({ by, startedAt }: Pick<Maintenance, 'by' | 'startedAt'>): string =>
  `${by} ${new Date(startedAt).toISOString().replace(/\.\d+Z$/, 'Z')}`

export const putLock = (maintenance: Maintenance): LabelChange => ({
  set: { [LOCK_LABEL]: lockText(maintenance) },
  unset: [],
})

export const TAKE_LOCK_OFF: LabelChange = { set: {}, unset: [LOCK_LABEL] }

/** The lock of somebody else, or of an earlier maintenance. */
export function foreignLock(node: Node, maintenance: Maintenance): Lock | null {
  const lock = lockOf(node)
  return lock === null || lock.text === lockText(maintenance) ? null : lock
}

/** `by ops@bastion since 2026-11-21 22:04 UTC`, which is the same in every time zone. */
export function sayLock({ by, since }: Lock): string {
  return since === 0 ? `by ${by}` : `by ${by} since ${new Date(since).toISOString().slice(0, 16).replace('T', ' ')} UTC`
}
