import type { Cluster, Slot } from '../swarm/cluster.ts'
import { explainWhy } from '../swarm/explain-why.ts'
import { nameNode } from '../swarm/name-task.ts'

/** `api.2 pending 5 seconds: no suitable node (…)`: what keeps a slot from running, in one line. Untrusted text. */
export function sayWaiting({ name, why }: Slot, cluster: Cluster): string {
  if (why === null) return name
  const line = explainWhy(why, id => nameNode(id, cluster), cluster.snapshot.takenAt)
  return `${name} ${line.charAt(0).toLowerCase()}${line.slice(1)}`
}

/** Whether waiting alone will hardly help. */
export function isStuck({ why }: Slot): boolean {
  if (why?.kind === 'pending') return why.error !== ''
  return why?.kind === 'failing' || why?.kind === 'ended' || why?.kind === 'no-task'
}

/** Whether nothing will come any more. */
export const isOver = ({ why }: Slot): boolean => why?.kind === 'ended'
