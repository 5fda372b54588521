import type { Config, Network, Secret } from '../world/network.ts'
import type { Node } from '../world/node.ts'
import type { Service } from '../world/service.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import { type Answer, granted, refused } from './refusal.ts'

/*
 * By exact ID, else by exact name, else by the beginning of an ID.
 * Source: moby/moby daemon/cluster/helpers.go (getNode, getService, getTask, getSecret, getConfig, getNetwork)
 */

export function findNode(swarm: Swarm, text: string): Answer<Node> {
  return find('node', swarm.nodes, text, node => node.description.hostname)
}

export function findService(swarm: Swarm, text: string): Answer<Service> {
  return find('service', swarm.services, text, service => service.spec.Name ?? '')
}

export function findTask(swarm: Swarm, text: string): Answer<Task> {
  return find('task', swarm.tasks, text, task => `${task.serviceName}.${task.slot || task.nodeId}.${task.id}`)
}

export function findSecret(swarm: Swarm, text: string): Answer<Secret> {
  return find('secret', swarm.secrets, text, secret => secret.name)
}

export function findConfig(swarm: Swarm, text: string): Answer<Config> {
  return find('config', swarm.configs, text, config => config.name)
}

/** One that is not there is the engine's own fault: nobody has told it otherwise. */
export function findNetwork(swarm: Swarm, text: string): Answer<Network> {
  const found = find('network', swarm.networks, text, network => network.name)
  return !found.ok && found.refusal.status === 404 ? refused(500, found.refusal.message) : found
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
