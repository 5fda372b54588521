import { tellListeners } from '../engine-api/events.ts'
import { unixNanoseconds } from '../engine-api/time.ts'
import type { Container } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'
import type { World } from '../world/world.ts'

/*
 * What an engine tells of its own containers and images: to those alone who listen on this machine.
 * Source: moby/moby daemon/events.go (LogContainerEventWithAttributes)
 */

type Attributes = Readonly<Record<string, string>>

export function tellOfContainer(
  world: World,
  machine: Machine,
  { id, image, name, labels }: Container,
  action: string,
  more: Attributes = {},
): void {
  const attributes = { ...labels, ...more, image, name }
  tell(world, machine, { status: action, id, from: image }, 'container', action, id, attributes)
}

export function tellOfNetworks(
  world: World,
  machine: Machine,
  container: Container,
  action: 'connect' | 'disconnect',
): void {
  for (const { id, name } of container.networks) {
    tell(world, machine, {}, 'network', action, id, { container: container.id, name, type: 'overlay' })
  }
}

/** A network that the engine makes for itself, or has no more use for. */
export function tellOfNetwork(
  world: World,
  machine: Machine,
  { id, name, driver }: { readonly id: string; readonly name: string; readonly driver: string },
  action: 'create' | 'destroy',
): void {
  tell(world, machine, {}, 'network', action, id, { name, type: driver })
}

export function tellOfPull(world: World, machine: Machine, image: string): void {
  tell(world, machine, { status: 'pull', id: image }, 'image', 'pull', image, { name: image.replace(/:[^:/]*$/, '') })
}

/** `old`: fields of long ago, which container and image events still have in front. */
function tell(
  world: World,
  machine: Machine,
  old: Attributes,
  type: string,
  action: string,
  id: string,
  attributes: Attributes,
): void {
  const timeNano = unixNanoseconds(world, world.now)
  tellListeners(world, machine, [
    {
      ...old,
      Type: type,
      Action: action,
      Actor: { ID: id, Attributes: attributes },
      scope: 'local',
      time: Math.floor(timeNano / 1e9),
      timeNano,
    },
  ])
}
