import type { ApiEvent } from '../../api/info.ts'
import type { Node } from '../world/node.ts'
import { isReplicated, replicasOf, type Service } from '../world/service.ts'
import type { Change } from '../world/store.ts'
import type { World } from '../world/world.ts'
import { unixNanoseconds } from './time.ts'

/**
 * The event that tells of a write, if any does: none tells of tasks, of volumes or of the cluster itself. Attributes
 * name only what changed.
 *
 * Source: moby/moby daemon/events.go (generateClusterEvent)
 */
export function describeChange(world: World, change: Change): readonly ApiEvent[] {
  const subject = readSubject(change)
  if (subject === null) return []
  const isRemoval = change.after === null
  const action = change.before === null ? 'create' : isRemoval ? 'remove' : 'update'
  const attributes = { name: subject.name, ...subject.changed }
  const timeNano = unixNanoseconds(world, isRemoval ? world.now : subject.updatedAt)
  return [
    {
      Type: change.of,
      Action: action,
      Actor: { ID: subject.id, Attributes: inOrder(attributes) },
      scope: 'swarm',
      time: Math.floor(timeNano / 1e9),
      timeNano,
    },
  ]
}

type Attributes = Readonly<Record<string, string>>

type Subject = {
  readonly id: string
  readonly updatedAt: number
  readonly name: string
  readonly changed: Attributes
}

function readSubject(change: Change): Subject | null {
  switch (change.of) {
    case 'node': {
      const node = change.after ?? change.before
      if (node === null) return null
      const name = node.spec.name === '' ? node.description.hostname : node.spec.name
      return { ...node, name, changed: nodeChanges(change.before, change.after) }
    }
    case 'service': {
      const service = change.after ?? change.before
      if (service === null) return null
      return { ...service, name: service.spec.Name ?? '', changed: serviceChanges(change.before, change.after) }
    }
    case 'network':
    case 'secret':
    case 'config': {
      const object = change.after ?? change.before
      return object === null ? null : { ...object, changed: {} }
    }
    default:
      return null
  }
}

function nodeChanges(before: Node | null, after: Node | null): Attributes {
  if (before === null || after === null) return {}
  return {
    ...changedAttribute('availability', before.spec.availability, after.spec.availability),
    ...changedAttribute('role', before.role, after.role),
    ...changedAttribute('state', before.status.state, after.status.state),
  }
}

function serviceChanges(before: Service | null, after: Service | null): Attributes {
  if (before === null || after === null) return {}
  return {
    ...changedAttribute('image', imageOf(before), imageOf(after)),
    ...(isReplicated(after) && changedAttribute('replicas', String(replicasOf(before)), String(replicasOf(after)))),
    ...(after.updateStatus !== null &&
      changedAttribute('updatestate', before.updateStatus?.state ?? '', after.updateStatus.state)),
  }
}

/** Only what changed; an old value that was none is left out. */
function changedAttribute(name: string, before: string, after: string): Attributes {
  if (before === after) return {}
  return { [`${name}.new`]: after, ...(before !== '' && { [`${name}.old`]: before }) }
}

function imageOf(service: Service): string {
  return service.spec.TaskTemplate?.ContainerSpec?.Image ?? ''
}

function inOrder(attributes: Attributes): Attributes {
  return Object.fromEntries(Object.entries(attributes).toSorted(([one], [other]) => (one < other ? -1 : 1)))
}
