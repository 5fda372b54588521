import { assertNever } from '../rules/assert-never.ts'
import type { Cluster, ClusterNode, ClusterService } from '../swarm/cluster.ts'
import { activateConsequences, pauseConsequences } from './availability-consequences.ts'
import { danger } from './consequence.ts'
import { dockerCommand } from './docker-command.ts'
import { drainConsequences } from './drain-consequences.ts'
import { forceUpdateConsequences } from './force-update-consequences.ts'
import { historyLimitConsequences } from './history-limit-consequences.ts'
import { nodeLabelConsequences, serviceLabelConsequences } from './label-consequences.ts'
import type { Consequence, NodeOperation, Operation, Question, ServiceOperation } from './operation.ts'
import { removeNodeConsequences, removeServiceConsequences, removeStackConsequences } from './remove-consequences.ts'
import { demoteConsequences, promoteConsequences } from './role-consequences.ts'
import { imageConsequences, resumeConsequences, rollBackConsequences, scaleConsequences } from './spec-consequences.ts'

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
    case 'remove-node':
      return operation.isForced
        ? `Force ${operation.name} out of the swarm?`
        : `Remove ${operation.name} from the swarm?`
    case 'label-node':
      return `Change the labels of ${operation.name}?`
    case 'force-update':
      return `Force update ${operation.name}?`
    case 'scale':
      return `Scale ${operation.name} to ${operation.replicas}?`
    case 'change-image':
      return `Change the image of ${operation.name}?`
    case 'roll-back':
      return `Roll ${operation.name} back?`
    case 'resume-update':
      return `Go on with the update of ${operation.name}?`
    case 'remove-service':
      return `Remove the service ${operation.name}?`
    case 'label-service':
      return `Change the labels of the service ${operation.name}?`
    case 'remove-stack':
      return `Remove the stack ${operation.name}?`
    case 'set-history-limit':
      return `Keep ${operation.limit} ended tasks in a slot?`
    default:
      return assertNever(operation)
  }
}

function consequencesOf(operation: Operation, cluster: Cluster): readonly Consequence[] {
  if ('nodeId' in operation) {
    const node = cluster.nodeById.get(operation.nodeId)
    return node === undefined
      ? [danger(`${operation.name} is no longer in the swarm`)]
      : nodeConsequences(operation, node, cluster)
  }
  if ('serviceId' in operation) {
    const service = cluster.serviceById.get(operation.serviceId)
    return service === undefined
      ? [danger(`${operation.name} is no longer there`)]
      : serviceConsequences(operation, service, cluster)
  }
  switch (operation.kind) {
    case 'remove-stack':
      return removeStackConsequences(operation, cluster)
    case 'set-history-limit':
      return historyLimitConsequences(operation, cluster)
    default:
      return assertNever(operation)
  }
}

function nodeConsequences(operation: NodeOperation, node: ClusterNode, cluster: Cluster): readonly Consequence[] {
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
    case 'remove-node':
      return removeNodeConsequences(operation, node, cluster)
    case 'label-node':
      return nodeLabelConsequences(operation, node, cluster)
    default:
      return assertNever(operation)
  }
}

function serviceConsequences(
  operation: ServiceOperation,
  service: ClusterService,
  cluster: Cluster,
): readonly Consequence[] {
  switch (operation.kind) {
    case 'force-update':
      return forceUpdateConsequences(service, cluster)
    case 'scale':
      return scaleConsequences(operation, service)
    case 'change-image':
      return imageConsequences(operation, service, cluster)
    case 'roll-back':
      return rollBackConsequences(service)
    case 'resume-update':
      return resumeConsequences(service)
    case 'remove-service':
      return removeServiceConsequences(service)
    case 'label-service':
      return serviceLabelConsequences(operation, service)
    default:
      return assertNever(operation)
  }
}
