import type { ApiEvent } from '../../api/info.ts'
import type { Node } from '../world/node.ts'
import { isGlobal, replicasOf, type Service } from '../world/service.ts'
import type { Change } from '../world/store.ts'
import type { World } from '../world/world.ts'
import { unixNanoseconds } from './time.ts'

/**
 * The event that tells of a write, if any does. Attributes name only what changed.
 * Source: moby/moby daemon/events.go (nodeEvents, serviceEvents)
 */
export function describeChange(world: World, change: Change): readonly ApiEvent[] {
  if (change.of !== 'node' && change.of !== 'service') return []
  const object = change.after ?? change.before
  if (object === null) return []
  const action = change.before === null ? 'create' : change.after === null ? 'remove' : 'update'
  const name = change.of === 'node' ? nodeName(change) : serviceName(change)
  const changed =
    change.of === 'node' ? nodeChanges(change.before, change.after) : serviceChanges(change.before, change.after)
  const at = action === 'remove' ? world.now : object.updatedAt
  const timeNano = unixNanoseconds(world, at)
  return [
    {
      Type: change.of,
      Action: action,
      Actor: { ID: object.id, Attributes: { name, ...changed } },
      scope: 'swarm',
      time: Math.floor(timeNano / 1e9),
      timeNano,
    },
  ]
}

function nodeName({ before, after }: { readonly before: Node | null; readonly after: Node | null }): string {
  return (after ?? before)?.description.hostname ?? ''
}

function serviceName({ before, after }: { readonly before: Service | null; readonly after: Service | null }): string {
  return (after ?? before)?.spec.Name ?? ''
}

function nodeChanges(before: Node | null, after: Node | null): Readonly<Record<string, string>> {
  if (before === null || after === null) return {}
  return {
    ...changedAttribute('availability', before.spec.availability, after.spec.availability),
    ...changedAttribute('role', before.role, after.role),
    ...changedAttribute('state', before.status.state, after.status.state),
  }
}

function serviceChanges(before: Service | null, after: Service | null): Readonly<Record<string, string>> {
  if (before === null || after === null) return {}
  return {
    ...changedAttribute('image', imageOf(before), imageOf(after)),
    ...(!isGlobal(after) && changedAttribute('replicas', String(replicasOf(before)), String(replicasOf(after)))),
    ...(after.updateStatus !== null &&
      changedAttribute('updatestate', before.updateStatus?.state ?? '', after.updateStatus.state)),
  }
}

/** Only what changed; an old value that was none is left out. */
function changedAttribute(name: string, before: string, after: string): Readonly<Record<string, string>> {
  if (before === after) return {}
  return { [`${name}.new`]: after, ...(before !== '' && { [`${name}.old`]: before }) }
}

function imageOf(service: Service): string {
  return service.spec.TaskTemplate?.ContainerSpec?.Image ?? ''
}
