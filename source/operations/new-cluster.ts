import type { Cluster } from '../swarm/cluster.ts'
import { planRecovery } from '../swarm/recovery.ts'
import { danger, info, warning } from './consequence.ts'
import type { Question } from './operation.ts'
import { named } from './phrases.ts'

/**
 * A new cluster around one manager that is left of a simulated swarm. A real one is never asked for it from here: there a
 * person types the command, at the machine itself. `address`: its own, which the others reach it by.
 */
export type NewCluster = {
  readonly kind: 'new-cluster'
  readonly nodeId: string
  readonly name: string
  readonly machine: string
  readonly address: string
}

/** What is asked before it is done; `startable`: dead managers that could be started instead. */
export function askBeforeNewCluster(wish: NewCluster, cluster: Cluster, startable: readonly string[]): Question {
  const { others, command } = planRecovery(cluster, wish.nodeId)
  return {
    wish,
    title: `Force a new cluster on ${wish.name}?`,
    consequences: [
      danger(
        `${wish.name} is the only manager then: ${named(others)} are managers no more, and what they know alone is lost`,
      ),
      ...(startable.length === 0
        ? []
        : [warning(`${named(startable)} could be started instead, and nothing would have to be made good`)]),
      info('services, networks, secrets, configs and workers stay; its own tasks are started anew'),
      info('it takes up to half a minute, in which nothing is answered'),
    ],
    commands: [command],
    confirmation: { kind: 'type', name: wish.name },
  }
}
