import type { Machine } from './machine.ts'

/** What becomes of a packet: it arrives, it is refused at once, or nothing is ever heard of it. */
export type Link = 'open' | 'refused' | 'silent'

/** What one machine gets when it talks to another, or to itself. */
export function linkBetween(from: Machine, to: Machine): Link {
  if (from.name !== to.name && (from.isCut || to.isCut)) return 'silent'
  if (to.power === 'on') return 'open'
  return to.power === 'off' && to.isSilent ? 'silent' : 'refused'
}
