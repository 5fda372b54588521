import { assertNever } from '../rules/assert-never.ts'
import type { Cluster } from '../swarm/cluster.ts'
import type { Finding, Subject } from '../swarm/doctor/finding.ts'
import { dockerCommand, nodeWord, serviceWord } from './docker-command.ts'

/** Something that helps against a finding. */
export type Remedy = {
  /** The name of the binding that does it, or shows more; null where no key does. */
  readonly key: string | null
  /** As it goes on from the key: `activates it`. */
  readonly words: string
  /** The same thing for a shell; `''` where a shell has none. */
  readonly command: string
}

/** What helps against a finding, for one of its subjects; the likeliest first. Names in commands are quoted. */
export function findRemedies(finding: Finding, subject: Subject, cluster: Cluster): readonly Remedy[] {
  switch (finding.kind) {
    case 'quorum-lost':
      return [noKey('bring back one of those that are away')]
    case 'root-ends':
      return [noKey('a new root, given to all nodes while they run', 'docker swarm ca --rotate')]
    case 'manager-unreachable':
      return [noKey('look at its engine, and at port 2377 between it and the others')]
    case 'manager-down':
      return [onNode('demote', 'takes its vote away', subject, cluster), noKey('start its machine')]
    case 'short':
    case 'pending':
      return [keyed('why', 'tells what is in the way', psCommand(subject, cluster))]
    case 'crash-loop': {
      const logs = keyed('logs', 'shows what it wrote', `docker service logs --tail 50 ${serviceOf(subject, cluster)}`)
      const why = keyed('why', 'tells what failed', psCommand(subject, cluster))
      // What never started wrote nothing.
      return finding.exitCode === null ? [why] : [logs, why]
    }
    case 'update-paused':
      return [
        keyed('resume-update', 'lets it go on', `docker service update ${serviceOf(subject, cluster)}`),
        ...(finding.isRollback
          ? []
          : [keyed('roll-back', 'goes back', `docker service rollback ${serviceOf(subject, cluster)}`)]),
      ]
    case 'node-down':
      return [
        noKey('start its machine'),
        keyed('remove-node', 'removes it, if it never comes back', `docker node rm ${nodeOf(subject, cluster)}`),
      ]
    case 'single-manager':
    case 'no-tolerance':
    case 'even-managers':
    case 'one-zone':
      return [moreManagers(cluster)]
    case 'no-raft-member':
      return [
        noKey('start its engine again'),
        keyed('demote', 'makes it a worker again', `docker node demote ${nodeOf(subject, cluster)}`),
      ]
    case 'node-unready':
      return [noKey('look at its engine, and at port 2377 between it and the managers')]
    case 'no-spare-node':
      return [spareNode(finding.because, subject, cluster)]
    case 'all-on-one-node':
    case 'mixed-digests':
      return [forceUpdate(finding.kind === 'mixed-digests' ? 'makes them all alike' : 'spreads them', subject, cluster)]
    case 'single-replica':
      return [keyed('scale', 'gives it a second one', `docker service scale ${serviceOf(subject, cluster)}=2`)]
    case 'moved-tag':
      return [noKey('name a version in place of the tag, or update those that are behind')]
    case 'unreserved-on-manager':
      return hasWorkers(cluster) ? [onNode('drain', 'keeps it for managing alone', subject, cluster), limits] : [limits]
    case 'dead-counted':
      return [noKey('start the machine, or remove the node')]
    case 'dead-double':
      return [keyed('remove-node', 'removes it', `docker node rm ${nodeOf(subject, cluster)}`)]
    case 'node-drained':
    case 'node-paused':
      return [onNode('activate', 'activates it', subject, cluster)]
    case 'drained-with-tasks':
      return [keyed('open', 'shows them', `docker node ps ${nodeOf(subject, cluster)}`)]
    case 'mixed-engines':
      return [noKey('upgrade those that are behind, one after another, managers last')]
    default:
      return assertNever(finding)
  }
}

const keyed = (key: string, words: string, command: string): Remedy => ({ key, words, command })
const noKey = (words: string, command = ''): Remedy => ({ key: null, words, command })

function onNode(kind: 'activate' | 'demote' | 'drain', words: string, subject: Subject, cluster: Cluster): Remedy {
  const nodeId = subject.kind === 'node' ? subject.id : ''
  return keyed(kind, words, dockerCommand({ kind, nodeId, name: subject.name }, cluster))
}

function forceUpdate(words: string, subject: Subject, cluster: Cluster): Remedy {
  const operation = { kind: 'force-update', serviceId: serviceIdOf(subject), name: subject.name } as const
  return keyed('force-update', words, dockerCommand(operation, cluster))
}

/** Where there is no worker to promote, another machine has to join. */
const moreManagers = (cluster: Cluster): Remedy =>
  hasWorkers(cluster)
    ? keyed('promote', 'on a worker makes it a manager', 'docker node promote NODE')
    : noKey('let another machine join as a manager', 'docker swarm join-token manager')

const hasWorkers = ({ nodes }: Cluster): boolean =>
  nodes.some(({ node }) => node.role === 'worker' && node.state === 'ready' && node.availability === 'active')

const limits = noKey(
  'reserve and limit memory',
  'docker service update --reserve-memory 128M --limit-memory 256M SERVICE',
)

function spareNode(because: 'placement' | 'host-port' | 'max-replicas', subject: Subject, cluster: Cluster): Remedy {
  const service = serviceOf(subject, cluster)
  switch (because) {
    case 'placement':
      return noKey('give a second node the label it asks for, or loosen its constraints')
    case 'host-port': {
      const mode = cluster.serviceById.get(serviceIdOf(subject))?.service.mode
      const replicas = mode?.kind === 'replicated' ? mode.replicas - 1 : 1
      return replicas < 1
        ? noKey('add a node')
        : keyed('scale', 'runs one less; or add a node', `docker service scale ${service}=${replicas}`)
    }
    case 'max-replicas': {
      const most = (cluster.serviceById.get(serviceIdOf(subject))?.service.maxReplicasPerNode ?? 0) + 1
      return noKey('raise the limit, or add a node', `docker service update --replicas-max-per-node ${most} ${service}`)
    }
    default:
      return assertNever(because)
  }
}

const psCommand = (subject: Subject, cluster: Cluster): string =>
  `docker service ps --no-trunc ${serviceOf(subject, cluster)}`

const serviceIdOf = (subject: Subject): string =>
  subject.kind === 'service' ? subject.id : subject.kind === 'slot' ? subject.serviceId : ''

const serviceOf = (subject: Subject, cluster: Cluster): string => serviceWord(serviceIdOf(subject), cluster)

const nodeOf = (subject: Subject, cluster: Cluster): string =>
  nodeWord(subject.kind === 'node' ? subject.id : '', cluster)
