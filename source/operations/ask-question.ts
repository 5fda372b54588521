import { assertNever } from '../rules/assert-never.ts'
import type { Cluster, ClusterNode, ClusterService } from '../swarm/cluster.ts'
import { activateConsequences, pauseConsequences } from './availability-consequences.ts'
import { confirmationOf } from './confirmation.ts'
import { danger, remark } from './consequence.ts'
import { dockerCommand } from './docker-command.ts'
import { drainConsequences, togetherConsequences } from './drain-consequences.ts'
import { forceUpdateConsequences } from './force-update-consequences.ts'
import { historyLimitConsequences } from './history-limit-consequences.ts'
import { nodeLabelConsequences, serviceLabelConsequences } from './label-consequences.ts'
import { explainLock } from './maintenance/explain-lock.ts'
import type { Consequence, NodeOperation, Operation, Question, ServiceOperation } from './operation.ts'
import { named } from './phrases.ts'
import { removeNodeConsequences, removeServiceConsequences, removeStackConsequences } from './remove-consequences.ts'
import { demoteConsequences, promoteConsequences } from './role-consequences.ts'
import type { Sequence } from './sequence.ts'
import { imageConsequences, resumeConsequences, rollBackConsequences, scaleConsequences } from './spec-consequences.ts'
import { byGravity } from './weights.ts'

/**
 * What a person is asked before anything is done: what it means for this cluster as last read, the gravest first.
 * `besides`: what whoever asks knows of it that cannot be told from the cluster.
 */
export function askQuestion(
  wish: Operation | Sequence,
  cluster: Cluster,
  besides: readonly Consequence[] = [],
): Question {
  const operations = wish.kind === 'sequence' ? wish.operations : [wish]
  const own = wish.kind === 'sequence' ? consequencesOfSequence(wish, cluster) : consequencesOf(wish, cluster)
  const consequences = [...besides, ...own].toSorted(byGravity)
  return {
    wish,
    title: wish.kind === 'sequence' ? titleOfSequence(wish) : titleOf(wish),
    consequences,
    commands: operations.map(operation => dockerCommand(operation, cluster)),
    confirmation: confirmationOf(operations, consequences),
  }
}

const titleOfSequence = ({ name }: Sequence): string => `${name.slice(0, 1).toUpperCase()}${name.slice(1)}?`

/**
 * What is grave about each of them, and whose it is: what is not grave would be many lines alike. The same said of
 * several is said once.
 */
function consequencesOfSequence({ operations }: Sequence, cluster: Cluster): readonly Consequence[] {
  const [only, ...rest] = operations
  if (rest.length === 0) return consequencesOf(only, cluster)
  const drained = operations.flatMap(operation =>
    operation.kind === 'drain' ? (cluster.nodeById.get(operation.nodeId) ?? []) : [],
  )
  const isTogether = drained.length > 1
  const others = operations.filter(({ kind }) => kind !== 'drain' || !isTogether)
  return [
    ...(isTogether ? togetherConsequences(drained, cluster) : []),
    ...sayWhose(others.flatMap(operation => graveOf(operation, cluster))),
    remark('one after another, each when the one before is done; the first that fails ends it, and what is done stays'),
  ]
}

type Whose = Consequence & { readonly name: string }

function graveOf(operation: Operation, cluster: Cluster): readonly Whose[] {
  const consequences = consequencesOf(operation, cluster).filter(({ weight }) => weight !== 'info')
  return consequences.map(consequence => ({ ...consequence, name: operation.name }))
}

/** Many a sentence names whom it is about by itself. */
function sayWhose(consequences: readonly Whose[]): readonly Consequence[] {
  const alike = Map.groupBy(consequences, ({ weight, text }) => `${weight} ${text}`)
  return [...alike.values()].flatMap(group =>
    group.slice(0, 1).map(({ name, text, ...rest }) => ({
      ...rest,
      text: text.includes(name) ? text : `${named(group.map(one => one.name))}: ${text}`,
    })),
  )
}

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
      : [...explainLock(node), ...nodeConsequences(operation, node, cluster)]
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
      return resumeConsequences(service, cluster)
    case 'remove-service':
      return removeServiceConsequences(service)
    case 'label-service':
      return serviceLabelConsequences(operation, service)
    default:
      return assertNever(operation)
  }
}
