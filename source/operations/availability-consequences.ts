import { counted } from '../rules/counted.ts'
import type { Cluster, ClusterNode } from '../swarm/cluster.ts'
import { danger, guess, info, warning } from './consequence.ts'
import { otherOpenNodes } from './open-nodes.ts'
import type { Consequence } from './operation.ts'
import { named, tallied } from './phrases.ts'
import { tasksOnNode } from './tasks-on-node.ts'

/** Source: moby/swarmkit manager/scheduler/filter.go (ReadyFilter), manager/orchestrator/global/global.go. */
export function activateConsequences({ node, name }: ClusterNode, cluster: Cluster): readonly Consequence[] {
  const pending = cluster.services.flatMap(({ slots }) => slots).filter(({ why }) => why?.kind === 'pending')
  return [
    info(`from ${node.availability} to active: new tasks may be placed on ${name}`),
    ...(node.state === 'down' ? [warning(`${name} is Down: nothing starts there until it is back`)] : []),
    ...(pending.length === 0
      ? []
      : [
          guess(
            info(
              `${counted(pending.length, 'pending task')} may find a place: ${named(pending.map(({ name }) => name))}`,
            ),
          ),
        ]),
    guess(info('missing tasks of global services start there at once')),
    info('tasks that run elsewhere do not move back; a force update spreads a service anew'),
  ]
}

/** A pause keeps what is there and takes nothing new. */
export function pauseConsequences(entry: ClusterNode, cluster: Cluster): readonly Consequence[] {
  const { moving, lost, global, jobs } = tasksOnNode(entry, cluster)
  const staying = [...moving, ...lost, ...global, ...jobs]
  return [
    info(`from ${entry.node.availability} to pause: no new tasks are placed on ${entry.name}`),
    ...(staying.length === 0
      ? []
      : [
          info(
            `${counted(staying.length, 'task')} there left as they are: ${tallied(staying.map(({ service }) => service.service.name))}`,
          ),
        ]),
    ...(global.length === 0
      ? []
      : [info('a task of a global service that ends there is not replaced, and updates pass it over')]),
    ...(otherOpenNodes(entry, cluster).length === 0
      ? [danger('no other node is ready and active: a task that ends is not replaced until one is')]
      : []),
  ]
}
