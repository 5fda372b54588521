import { withTag } from '../world/image.ts'
import type { AgentTask, Machine } from '../world/machine.ts'
import { drawWithin } from '../world/random.ts'
import type { World } from '../world/world.ts'
import { tellOfPull } from './local-events.ts'

/** How long it takes until the image is here, or until it is known to be nowhere. Who comes second waits for the first. */
export function pullMs(world: World, machine: Machine, { task, behaviour }: AgentTask): number {
  const image = withTag(task.spec.ContainerSpec?.Image ?? '')
  if (hasImage(world, machine, image)) return 0
  const under = machine.pulls[image]
  if (under !== undefined) return under - world.now
  const ms = drawWithin(world.random, behaviour.pullMs)
  if (!behaviour.isMissing) machine.pulls[image] = world.now + ms
  return ms
}

/** Is it on the machine? One whose pull has ended meanwhile is. */
export function hasImage(world: World, machine: Machine, image: string): boolean {
  if (machine.images[image] === true) return true
  const due = machine.pulls[image]
  if (due === undefined || due > world.now) return false
  delete machine.pulls[image]
  machine.images[image] = true
  tellOfPull(world, machine, image)
  return true
}
