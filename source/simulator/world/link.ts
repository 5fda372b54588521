import type { Machine } from './machine.ts'
import type { World } from './world.ts'

/** What becomes of a packet: it arrives, it is refused at once, or nothing is ever heard of it. */
export type Link = 'open' | 'refused' | 'silent'

/** What one machine gets when it talks to another, or to itself. */
export function linkBetween(world: World, from: Machine, to: Machine): Link {
  if (from.name !== to.name && (from.isCut || to.isCut || world.cuts[pairOf(from.name, to.name)] === true)) {
    return 'silent'
  }
  if (to.power === 'on') return 'open'
  return to.power === 'off' && to.isSilent ? 'silent' : 'refused'
}

/** Names the cable between two machines, whichever way round. */
export function pairOf(one: string, other: string): string {
  return one < other ? `${one} ${other}` : `${other} ${one}`
}
