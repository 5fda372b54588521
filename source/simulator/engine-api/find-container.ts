import { type Answer, granted, refused } from '../control-api/refusal.ts'
import type { Container } from '../world/container.ts'
import type { Machine } from '../world/machine.ts'

/** By exact ID, else by name with or without its slash, else by the beginning of an ID. Source: moby/moby daemon/container.go */
export function findContainer(machine: Machine, text: string): Answer<Container> {
  const all = Object.values(machine.containers)
  const name = text.replace(/^\//, '')
  const exact = all.find(container => container.id === text) ?? all.find(container => container.name === name)
  if (exact !== undefined) return granted(exact)
  const [first, ...others] = all.filter(container => text !== '' && container.id.startsWith(text))
  if (first === undefined) return refused(404, `No such container: ${text}`)
  if (others.length > 0) return refused(400, `multiple IDs found with provided prefix: ${text}`)
  return granted(first)
}
