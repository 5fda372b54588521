import type { ClusterNode, ClusterService, Slot } from '../cluster.ts'
import type { Subject, Subjects } from './finding.ts'

export const THE_SWARM: Subject = { kind: 'swarm', name: 'swarm' }
export const THE_MANAGERS: Subject = { kind: 'managers', name: 'managers' }

type Apart = Pick<Subject, 'detail' | 'count' | 'since'>

export const ofNode = ({ node, name }: Pick<ClusterNode, 'node' | 'name'>, apart: Apart = {}): Subject => ({
  kind: 'node',
  id: node.id,
  name,
  ...apart,
})

export const ofService = ({ service }: Pick<ClusterService, 'service'>, apart: Apart = {}): Subject => ({
  kind: 'service',
  id: service.id,
  name: service.name,
  ...apart,
})

export const ofSlot = ({ service }: Pick<ClusterService, 'service'>, slot: Slot, apart: Apart = {}): Subject => ({
  kind: 'slot',
  serviceId: service.id,
  slot: slot.key,
  name: slot.name,
  ...apart,
})

/** One finding about all of these; none where there are none. */
export function together<F>(subjects: readonly Subject[], found: F): readonly (F & { readonly subjects: Subjects })[] {
  const [first, ...others] = subjects
  return first === undefined ? [] : [{ ...found, subjects: [first, ...others] }]
}
