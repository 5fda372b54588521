import type { ApiGenericResource } from '../../api/node.ts'
import type { Node } from '../world/node.ts'
import { tasksOfNode } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { holdsResources, type Task } from '../world/task.ts'

/*
 * What a node has besides CPU and memory: so many of a kind, or some of a kind by name. Named ones are claimed one by
 * one, counted ones by their number.
 * Source: moby/swarmkit api/genericresource/{resource_management,helpers,validate}.go
 */

/** What claims would be made for a task on a node now; null when there is not enough. */
export function claimResources(swarm: Swarm, task: Task, node: Node): readonly ApiGenericResource[] | null {
  const wanted = task.spec.Resources?.Reservations?.GenericResources ?? []
  if (wanted.length === 0) return []
  const held = tasksOfNode(swarm, node.id)
    .filter(other => other.id !== task.id && holdsResources(other))
    .flatMap(other => other.claims ?? [])
  const claims: ApiGenericResource[] = []
  for (const { DiscreteResourceSpec: asked } of wanted) {
    const { Kind: kind = '', Value: count = 0 } = asked ?? {}
    const named = freeNames(node, kind, held)
    if (named.length > 0 || hasNames(node, kind)) {
      if (named.length < count) return null
      claims.push(...named.slice(0, count).map(Value => ({ NamedResourceSpec: { Kind: kind, Value } })))
    } else {
      if (countOf(node.description.genericResources, kind) - countOf(held, kind) < count) return null
      claims.push({ DiscreteResourceSpec: { Kind: kind, Value: count } })
    }
  }
  return claims
}

/** Does the node still have what a task has claimed on it? */
export function hasClaims(node: Node, claims: readonly ApiGenericResource[]): boolean {
  const has = node.description.genericResources
  return claims.every(({ NamedResourceSpec: named, DiscreteResourceSpec: counted }) => {
    if (named !== undefined) return namesOf(has, named.Kind ?? '').includes(named.Value ?? '')
    return countOf(has, counted?.Kind ?? '') >= (counted?.Value ?? 0)
  })
}

function freeNames(node: Node, kind: string, held: readonly ApiGenericResource[]): readonly string[] {
  const taken = new Set(namesOf(held, kind))
  return namesOf(node.description.genericResources, kind).filter(name => !taken.has(name))
}

function hasNames(node: Node, kind: string): boolean {
  return namesOf(node.description.genericResources, kind).length > 0
}

function namesOf(resources: readonly ApiGenericResource[] | undefined, kind: string): readonly string[] {
  return (resources ?? []).flatMap(({ NamedResourceSpec: named }) =>
    named?.Kind === kind && named.Value !== undefined ? [named.Value] : [],
  )
}

function countOf(resources: readonly ApiGenericResource[] | undefined, kind: string): number {
  return (resources ?? []).reduce(
    (sum, { DiscreteResourceSpec: counted }) => sum + (counted?.Kind === kind ? (counted.Value ?? 0) : 0),
    0,
  )
}
