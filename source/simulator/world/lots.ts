import { shuffle } from './random.ts'
import type { World } from './world.ts'

/** What chance has decided in a copy of a swarm, for who wants to know what else it might have. */
export type Lots = {
  readonly choices: Choice[]
  /** Anything might have come otherwise. */
  hasDrawn: boolean
}

/**
 * Tasks that were placed together, and all nodes that any of them might have been given to: which of the tasks went where
 * is chance, and so is which of several nodes that are equally good.
 */
export type Choice = { readonly taskIds: readonly string[]; readonly nodeIds: readonly string[] }

/** An order that Swarm leaves to chance: as it comes, unless somebody wants to know what else might come. */
export function inAnyOrder<T>(world: World, items: readonly T[]): readonly T[] {
  if (world.lots === undefined || items.length < 2) return items
  world.lots.hasDrawn = true
  return shuffle(world.random, items)
}

export function noteChoice({ lots }: World, choice: Choice): void {
  if (lots === undefined) return
  lots.choices.push(choice)
  lots.hasDrawn ||= choice.nodeIds.length > 1
}
