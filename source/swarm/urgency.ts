import { assertNever } from '../rules/assert-never.ts'
import type { ClusterService, Slot } from './cluster.ts'

/** How urgent it is that somebody looks at a slot: 0 where it is as it should be, 1 where it is only on its way. */
export function slotUrgency({ why }: Slot): number {
  if (why === null) return 0
  switch (why.kind) {
    case 'failing':
      return why.times > 1 ? 6 : 4
    case 'on-down-node':
      return 5
    case 'pending':
      return why.error === '' ? 1 : 5
    case 'ended':
      return why.state === 'complete' || why.state === 'shutdown' ? 2 : 4
    case 'no-task':
      return 3
    case 'preparing':
    case 'starting':
    case 'waiting-to-start':
      return 1
    default:
      return assertNever(why)
  }
}

/** The slot of a service that needs to be looked at most; null where all are as they should be. */
export function worstSlot({ slots }: ClusterService): Slot | null {
  let worst: Slot | null = null
  for (const slot of slots) if (slotUrgency(slot) > (worst === null ? 0 : slotUrgency(worst))) worst = slot
  return worst
}
