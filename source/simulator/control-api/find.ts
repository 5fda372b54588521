import type { Node } from '../world/node.ts'
import type { Service } from '../world/service.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { type Answer, granted, refused } from './refusal.ts'

/*
 * By exact ID, else by exact name, else by the beginning of an ID.
 * Source: moby/moby daemon/cluster/helpers.go (getNode, getService, getTask)
 */

export function findNode(world: World, text: string): Answer<Node> {
  return find('node', world.swarm.nodes, text, node => node.description.hostname)
}

export function findService(world: World, text: string): Answer<Service> {
  return find('service', world.swarm.services, text, service => service.spec.Name ?? '')
}

export function findTask(world: World, text: string): Answer<Task> {
  return find('task', world.swarm.tasks, text, task => `${task.serviceName}.${task.slot || task.nodeId}.${task.id}`)
}

function find<T extends { readonly id: string }>(
  kind: string,
  objects: Readonly<Record<string, T>>,
  text: string,
  nameOf: (object: T) => string,
): Answer<T> {
  const exact = Object.hasOwn(objects, text) ? objects[text] : undefined
  if (exact !== undefined) return granted(exact)
  const all = Object.values(objects)
  const named = all.filter(object => nameOf(object) === text)
  const found = named.length > 0 ? named : all.filter(object => object.id.startsWith(text))
  const [first] = found
  if (first === undefined) return refused(404, `${kind} ${text} not found`)
  if (found.length > 1) return refused(400, `${kind} ${text} is ambiguous (${found.length} matches found)`)
  return granted(first)
}
