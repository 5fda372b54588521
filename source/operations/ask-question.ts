import { assertNever } from '../rules/assert-never.ts'
import type { Cluster } from '../swarm/cluster.ts'
import { activateConsequences, pauseConsequences } from './availability-consequences.ts'
import { danger } from './consequence.ts'
import { dockerCommand } from './docker-command.ts'
import { drainConsequences } from './drain-consequences.ts'
import { forceUpdateConsequences } from './force-update-consequences.ts'
import type { Consequence, Operation, Question } from './operation.ts'
import { demoteConsequences, promoteConsequences } from './role-consequences.ts'

/**
 * What a person is asked before anything is done: what it means for this cluster as last read, the gravest first.
 * Where something is in danger, Enter alone does nothing.
 */
export function askQuestion(operation: Operation, cluster: Cluster): Question {
  const consequences = consequencesOf(operation, cluster).toSorted((a, b) => gravity(b) - gravity(a))
  return {
    wish: operation,
    title: titleOf(operation),
    consequences,
    command: dockerCommand(operation, cluster),
    defaultAnswer: consequences.some(({ weight }) => weight === 'danger') ? 'no' : 'yes',
  }
}

const gravity = ({ weight }: Consequence): number => ['info', 'warning', 'danger'].indexOf(weight)

function titleOf(operation: Operation): string {
  switch (operation.kind) {
    case 'drain':
      return `Drain ${operation.name}?`
    case 'activate':
      return `Activate ${operation.name}?`
    case 'pause':
      return `Pause ${operation.name}?`
    case 'promote':
      return `Promote ${operation.name} to manager?`
    case 'demote':
      return `Demote ${operation.name} to worker?`
    case 'force-update':
      return `Force update ${operation.name}?`
    default:
      return assertNever(operation)
  }
}

function consequencesOf(operation: Operation, cluster: Cluster): readonly Consequence[] {
  if (operation.kind === 'force-update') {
    const service = cluster.serviceById.get(operation.serviceId)
    return service === undefined
      ? [danger(`${operation.name} is no longer there`)]
      : forceUpdateConsequences(service, cluster)
  }
  const node = cluster.nodeById.get(operation.nodeId)
  if (node === undefined) return [danger(`${operation.name} is no longer in the swarm`)]
  switch (operation.kind) {
    case 'drain':
      return drainConsequences(node, cluster)
    case 'activate':
      return activateConsequences(node, cluster)
    case 'pause':
      return pauseConsequences(node, cluster)
    case 'promote':
      return promoteConsequences(node, cluster)
    case 'demote':
      return demoteConsequences(node, cluster)
    default:
      return assertNever(operation)
  }
}
