import { assertNever } from '../rules/assert-never.ts'
import { counted } from '../rules/counted.ts'
import { isLive } from '../rules/task-state.ts'
import type { Cluster, ClusterNode, ClusterService, Slot, Verdict } from './cluster.ts'
import { nameNode } from './name-task.ts'
import type { Quorum, QuorumAdvice } from './quorum.ts'
import { isJob } from './service-mode.ts'
import type { Trouble } from './trouble.ts'

type Found = Omit<Trouble, 'object'>
type Joined = Pick<Cluster, 'nodes' | 'services' | 'quorum' | 'nodeById'>

/** All that an operator should know of, the worst first; within that the quorum, then nodes, then services. */
export function findTroubles(cluster: Joined): readonly Trouble[] {
  const troubles = [
    ...quorumTroubles(cluster.quorum).map(found => ({ ...found, object: { kind: 'quorum' } as const })),
    ...cluster.nodes.flatMap(node =>
      nodeTroubles(node).map(found => ({
        ...found,
        object: { kind: 'node', id: node.node.id, name: node.name } as const,
      })),
    ),
    ...cluster.services.flatMap(service =>
      serviceTroubles(service, cluster).map(found => ({
        ...found,
        object: { kind: 'service', id: service.service.id, name: service.service.name } as const,
      })),
    ),
  ]
  return troubles.toSorted((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity))
}

const SEVERITIES: readonly Trouble['severity'][] = ['critical', 'degraded', 'advice']

/** Advice changes no verdict. */
export function verdictOf(troubles: readonly Trouble[]): Verdict {
  if (troubles.some(({ severity }) => severity === 'critical')) return 'critical'
  return troubles.some(({ severity }) => severity === 'degraded') ? 'degraded' : 'healthy'
}

function quorumTroubles(quorum: Quorum): readonly Found[] {
  const { members, reachable, majority, hasQuorum, advice } = quorum
  const lost: Found = {
    severity: 'critical',
    text: `The quorum is lost: ${reachable} of ${counted(members.length, 'manager')} reachable, ${majority} needed`,
  }
  return [
    ...(hasQuorum ? [] : [lost]),
    ...advice.map(piece => ({ severity: 'advice' as const, text: explainAdvice(piece, quorum) })),
  ]
}

function explainAdvice(advice: QuorumAdvice, { majority }: Quorum): string {
  switch (advice.kind) {
    case 'single-manager':
      return 'There is one manager only: without it nothing can be changed'
    case 'no-tolerance':
      return 'One more manager down stops the control plane'
    case 'even-count':
      return `${advice.members} managers survive no more losses than ${advice.members - 1}: make the number odd`
    case 'down-but-counted':
      return `${advice.names.join(', ')}: down, and still counted for the majority of ${majority} until demoted`
    case 'zone': {
      const zones = advice.zones.map(({ zone, names }) => `${zone} ${names.join(' ')}`).join(', ')
      return `Losing zone ${advice.zone} loses the quorum: ${zones}`
    }
    default:
      return assertNever(advice)
  }
}

function nodeTroubles({ node, name, tasks }: ClusterNode): readonly Found[] {
  const isUnreachable = node.manager !== null && node.manager.reachability !== 'reachable'
  const message = node.stateMessage && `: ${node.stateMessage}`
  if (node.state === 'down') {
    return [{ severity: 'degraded', text: `${name} is down${isUnreachable ? ' and unreachable' : ''}${message}` }]
  }

  const troubles: Found[] = []
  if (isUnreachable) troubles.push({ severity: 'degraded', text: `Manager ${name} is unreachable` })
  if (node.state !== 'ready') troubles.push({ severity: 'advice', text: `${name} is ${node.state}${message}` })
  if (node.role === 'manager' && node.manager === null) {
    troubles.push({ severity: 'advice', text: `${name} should be a manager and is no member of the raft` })
  }
  const left = tasks.filter(task => task.state === 'running' && isLive(task.desired)).length
  if (node.availability === 'drain' && left > 0) {
    troubles.push({ severity: 'advice', text: `${name} is drained and still runs ${counted(left, 'task')}` })
  }
  return troubles
}

function serviceTroubles(joined: ClusterService, cluster: Joined): readonly Found[] {
  const { service, running, desired, isShort } = joined
  const cause = causeOf(joined.slots, cluster)
  const troubles: Found[] = []
  if (isShort && isJob(service)) {
    troubles.push({ severity: 'degraded', text: `Job ${service.name} does not get on${cause}` })
  } else if (isShort && running === 0) {
    troubles.push({ severity: 'critical', text: `${service.name} has nothing running, ${desired} wanted${cause}` })
  } else if (isShort) {
    troubles.push({ severity: 'degraded', text: `${service.name} runs ${running} of ${desired}${cause}` })
  }
  if (service.update?.state === 'paused' || service.update?.state === 'rollback_paused') {
    const what = service.update.state === 'paused' ? 'The update' : 'The rollback'
    const message = service.update.message && `: ${service.update.message}`
    troubles.push({ severity: 'degraded', text: `${what} of ${service.name} is paused${message}` })
  }
  return troubles
}

/** `: m3 is down`: the first cause that has a name; without ages, so that the line stays while nothing changes. */
export function causeOf(slots: readonly Slot[], cluster: Pick<Cluster, 'nodeById'>): string {
  for (const { why } of slots) {
    if (why === null) continue
    if (why.kind === 'on-down-node') return `: ${nameNode(why.nodeId, cluster)} is down`
    if ('error' in why && why.error !== '') return `: ${why.error}`
  }
  return ''
}
