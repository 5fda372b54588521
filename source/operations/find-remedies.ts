import { assertNever } from '../rules/assert-never.ts'
import type { Cluster } from '../swarm/cluster.ts'
import type { Finding, Subject } from '../swarm/doctor/finding.ts'
import { dockerCommand, nodeWord, serviceWord } from './docker-command.ts'
import type { Operation, OperationKind } from './operation.ts'
import { quoteForShell } from './quote-for-shell.ts'

/** Something that helps against a finding. */
export type Remedy = {
  /** The operation that a key does, or what a key shows, by the name that its binding has; null where no key helps. */
  readonly by: OperationKind | 'open' | 'why' | 'logs' | 'maintenance' | null
  /** `activate it`. */
  readonly words: string
  /** The same thing for a shell; `''` where a shell has none. */
  readonly command: string
}

/** What helps against a finding, for one of its subjects; the likeliest first. Names in commands are quoted. */
export function findRemedies(finding: Finding, subject: Subject, cluster: Cluster): readonly Remedy[] {
  const { name } = subject
  const nodeId = subject.kind === 'node' ? subject.id : ''
  const serviceId = serviceIdOf(subject)
  const operate = (words: string, operation: Operation): Remedy => ({
    by: operation.kind,
    words,
    command: dockerCommand(operation, cluster),
  })
  const showTasks = (words: string): Remedy => ({
    by: 'why',
    words,
    command: `docker service ps --no-trunc ${serviceWord(serviceId, cluster)}`,
  })
  switch (finding.kind) {
    case 'quorum-lost':
      return [unaided('bring back one of those that are away')]
    case 'root-ends':
      return [unaided('give all nodes a new root, while they run', 'docker swarm ca --rotate')]
    case 'manager-unreachable':
      return [unaided('look at its engine, and at port 2377 between it and the others')]
    case 'manager-down':
      return [
        unaided('start its machine'),
        operate('take its vote away, if it does not come back soon', { kind: 'demote', nodeId, name }),
      ]
    case 'short':
    case 'pending':
      return [showTasks('see what is in the way')]
    case 'crash-loop': {
      const command = `docker service logs --tail 50 ${serviceWord(serviceId, cluster)}`
      const why = showTasks('see what failed')
      // What never started wrote nothing.
      return finding.exitCode === null ? [why] : [{ by: 'logs', words: 'see what it wrote', command }, why]
    }
    case 'update-paused': {
      const resume = operate('let it go on', { kind: 'resume-update', serviceId, name })
      return finding.isRollback ? [resume] : [resume, operate('go back', { kind: 'roll-back', serviceId, name })]
    }
    case 'node-down':
      return [
        unaided('start its machine'),
        operate('remove it, if it never comes back', { kind: 'remove-node', nodeId, name, isForced: false }),
      ]
    case 'single-manager':
    case 'no-tolerance':
      return [moreManagers('make a worker a manager', cluster)]
    case 'even-managers':
      return [moreManagers('make a worker a manager', cluster), ONE_LESS]
    case 'one-zone':
      return [
        {
          by: 'promote',
          words: `make a node of another zone a manager, then one of ${finding.zone} a worker`,
          command: 'docker node promote NODE',
        },
      ]
    case 'no-raft-member':
      return [unaided('start its engine again'), operate('make it a worker again', { kind: 'demote', nodeId, name })]
    case 'node-unready':
      return [unaided('look at its engine, and at port 2377 between it and the managers')]
    case 'no-spare-node':
      return [spareNode(finding.because, serviceId, name, cluster)]
    case 'all-on-one-node':
      return [operate('spread them', { kind: 'force-update', serviceId, name })]
    case 'mixed-digests':
      return [operate('make them all alike', { kind: 'force-update', serviceId, name })]
    case 'single-replica':
      return [operate('give it a second one', { kind: 'scale', serviceId, name, replicas: 2 })]
    case 'moved-tag':
      return [
        {
          by: 'change-image',
          words: 'name a version in place of the tag, or bring those up that are behind',
          command: `docker service update --image ${quoteForShell(finding.image)} ${serviceWord(serviceId, cluster)}`,
        },
      ]
    case 'unreserved-on-manager':
      return hasWorkers(cluster)
        ? [operate('keep it for managing alone', { kind: 'drain', nodeId, name }), LIMITS]
        : [LIMITS]
    case 'dead-counted':
      return [unaided('start the machine, or remove the node')]
    case 'dead-double':
      return [operate('remove it', { kind: 'remove-node', nodeId, name, isForced: false })]
    case 'node-drained': {
      const activate = operate('activate it', { kind: 'activate', nodeId, name })
      const isMaintained = subject.detail !== undefined
      return isMaintained
        ? [{ by: 'maintenance', words: 'go on with its maintenance', command: '' }, activate]
        : [activate]
    }
    case 'node-paused':
      return [operate('activate it', { kind: 'activate', nodeId, name })]
    case 'drained-with-tasks':
      return [{ by: 'open', words: 'see which', command: `docker node ps ${nodeWord(nodeId, cluster)}` }]
    case 'mixed-engines':
      return [{ by: 'maintenance', words: 'upgrade those that are behind, one after another', command: '' }]
    default:
      return assertNever(finding)
  }
}

const unaided = (words: string, command = ''): Remedy => ({ by: null, words, command })

/**
 * While one of the managers is away, one more raises the majority: the lost one comes first. Where there is no worker to
 * promote, another machine has to join.
 */
function moreManagers(words: string, cluster: Cluster): Remedy {
  const { members, reachable } = cluster.quorum
  const lost = members.find(({ isReachable }) => !isReachable)
  if (reachable < members.length && lost !== undefined) {
    const operation = { kind: 'demote', nodeId: lost.nodeId, name: lost.name } as const
    return { by: 'demote', words: `bring ${lost.name} back, or demote it`, command: dockerCommand(operation, cluster) }
  }
  return hasWorkers(cluster)
    ? { by: 'promote', words, command: 'docker node promote NODE' }
    : unaided('let another machine join as a manager', 'docker swarm join-token manager')
}

const ONE_LESS: Remedy = { by: 'demote', words: 'make a manager a worker', command: 'docker node demote NODE' }

const hasWorkers = ({ nodes }: Cluster): boolean =>
  nodes.some(({ node }) => node.role === 'worker' && node.state === 'ready')

const LIMITS = unaided(
  'reserve and limit memory',
  'docker service update --reserve-memory 128M --limit-memory 256M SERVICE',
)

function spareNode(
  because: 'placement' | 'host-port' | 'max-replicas',
  serviceId: string,
  name: string,
  cluster: Cluster,
): Remedy {
  const service = cluster.serviceById.get(serviceId)?.service
  switch (because) {
    case 'placement':
      return unaided('give a second node the label it asks for, or loosen its constraints')
    case 'host-port': {
      const replicas = service?.mode.kind === 'replicated' ? service.mode.replicas - 1 : 0
      if (replicas < 1) return unaided('add a node')
      const operation = { kind: 'scale', serviceId, name, replicas } as const
      return { by: 'scale', words: 'run one less, or add a node', command: dockerCommand(operation, cluster) }
    }
    case 'max-replicas': {
      const most = (service?.maxReplicasPerNode ?? 0) + 1
      return unaided(
        'raise the limit, or add a node',
        `docker service update --replicas-max-per-node ${most} ${serviceWord(serviceId, cluster)}`,
      )
    }
    default:
      return assertNever(because)
  }
}

const serviceIdOf = (subject: Subject): string =>
  subject.kind === 'service' ? subject.id : subject.kind === 'slot' ? subject.serviceId : ''
