import { assertNever } from '../../rules/assert-never.ts'
import { capitalise } from '../../rules/capitalise.ts'
import { counted } from '../../rules/counted.ts'
import { humanDuration } from '../../rules/duration.ts'
import { majorityOf, tolerance } from '../../rules/quorum.ts'
import { shortAge } from '../../rules/short-age.ts'
import { failureReason } from '../group-failures.ts'
import type { Finding, Subject } from './finding.ts'

/**
 * What is wrong, in one line, and why it matters; neither with a full stop at its end. Contains untrusted text. `now`:
 * milliseconds by the swarm's clock.
 */
export function explainFinding(finding: Finding, now: number): { readonly text: string; readonly why: string } {
  const { subjects } = finding
  const [first] = subjects
  const who = (noun: string, one: string, many: string) =>
    subjects.length === 1 ? `${first.name} ${one}` : `${counted(subjects.length, noun)} ${many}`
  switch (finding.kind) {
    case 'quorum-lost': {
      const { reachable, members, majority } = finding
      return {
        text: `The quorum is lost: ${reachable} of ${counted(members, 'manager')} reachable, ${majority} needed`,
        why: 'What runs goes on, but nothing can be changed, and nothing that fails is replaced',
      }
    }
    case 'root-ends': {
      const { until, leftMs } = finding
      const day = new Date(until).toISOString().slice(0, 10)
      return {
        text: leftMs <= 0 ? `The root CA ended on ${day}` : `The root CA ends on ${day}, in ${humanDuration(leftMs)}`,
        why:
          leftMs <= 0
            ? 'No certificate of any node is good any more: nodes cannot connect, and none can join'
            : 'With it every certificate of every node ends: then nodes cannot connect and none can join. A new root is given to the nodes while they run',
      }
    }
    case 'manager-unreachable':
      return {
        text: who('manager', 'is unreachable for the other managers', 'are unreachable for the others'),
        why: 'Its vote is missing, so the managers can lose one less; of a machine that is down the managers hear only after a while',
      }
    case 'manager-down':
      return {
        text: who('manager', 'is down and still has a vote', 'are down and still have votes'),
        why: `Whoever is down counts for the majority of ${finding.majority} until it is demoted: bring it back, or demote it before another one is lost`,
      }
    case 'short': {
      const { running, desired, isJob, cause } = finding
      const text = running === 0 ? `has nothing running, ${desired} wanted` : `runs ${running} of ${desired}`
      return isJob
        ? {
            text: `Job ${first.name} does not get on${cause}`,
            why: 'Fewer of its tasks run than may, and some are left to do',
          }
        : {
            text: `${first.name} ${text}${cause}`,
            why: running === 0 ? 'Nobody serves it now' : 'Those that run carry the load of all',
          }
    }
    case 'crash-loop': {
      const { times, withinMs } = finding
      const often = `${counted(times, 'failure')} in ${shortAge(withinMs)}`
      return {
        text: `${who(`slot`, 'fails', `of ${finding.service} fail`)} again and again: ${failureReason(finding)}`,
        why: `${capitalise(often)}. Swarm starts it again each time and will not stop trying; between two failures it counts as running`,
      }
    }
    case 'pending':
      return {
        text: `${who(`slot`, 'finds', `of ${finding.service} find`)} no node: ${finding.error || 'nobody has looked for one yet'}`,
        why: 'It waits until a node can take it: room, constraints, ports and limits decide, and nothing is moved to make room',
      }
    case 'update-paused': {
      const what = finding.isRollback ? 'rollback' : 'update'
      return {
        text: `The ${what} of ${first.name} is paused${finding.message && `: ${finding.message}`}`,
        why: `Old and new run side by side and the ${what} never goes on by itself: it waits for a person`,
      }
    }
    case 'node-down':
      return {
        text: who('node', 'is down', 'are down'),
        why: 'What ran there runs elsewhere by now, as far as it may; the others have less room for the next loss',
      }
    case 'no-tolerance':
      return {
        text: 'One more manager down stops the control plane',
        why: `A majority of ${finding.members} is ${majorityOf(finding.members)}, and just as many can be reached: with one less nothing can be changed, and nothing that fails is replaced`,
      }
    case 'single-manager':
      return {
        text: 'There is one manager only',
        why: 'While it is away nothing can be changed and nothing that fails is replaced; if its disk is lost, so is the swarm. Three managers survive the loss of one',
      }
    case 'one-zone': {
      const { zone, isAll, members } = finding
      return {
        text: isAll ? `All ${members} managers stand in zone ${zone}` : `Losing zone ${zone} loses the quorum`,
        why: `So many managers stand in ${zone} that the rest is no majority of ${members}: three zones with as many in each survive the loss of any`,
      }
    }
    case 'even-managers': {
      const { members } = finding
      const bears = tolerance(members, members)
      return {
        text: `${members} managers survive no more losses than ${members - 1}`,
        why: `A majority of ${members} is ${majorityOf(members)}: ${bears === 0 ? 'none may' : `${counted(bears, 'manager')} may`} be lost, as with ${members - 1}, and there is one more that can fail and split the vote. Make the number odd`,
      }
    }
    case 'no-raft-member':
      return {
        text: who('node', 'should be a manager and is none', 'should be managers and are none'),
        why: 'It was promoted and has not joined the others: it has no vote yet, and does no work of a manager',
      }
    case 'node-unready':
      return {
        text: who('node', `is ${first.detail}`, 'are not ready'),
        why: 'It has lost its session, or the managers do not know yet how it does',
      }
    case 'no-spare-node':
      return explainNoSpare(finding.because, who)
    case 'all-on-one-node':
      return {
        text: who('service', `has all its replicas on ${first.detail}`, 'have all their replicas on one node'),
        why: 'When that node is lost nothing serves them until others have started; a force update spreads the replicas over the nodes there are',
      }
    case 'single-replica':
      return {
        text: who('service', 'has one replica', 'have one replica each'),
        why: 'When its node is lost, drained or updated, nothing serves it until another one has started elsewhere',
      }
    case 'mixed-digests':
      return {
        text: `${counted(subjects.length, 'slot')} run ${finding.image} by different digests`,
        why: 'The tag has moved between their starts: replicas of one service do not run the same',
      }
    case 'moved-tag':
      return {
        text: `${counted(subjects.length, 'service')} mean different images by ${finding.image}`,
        why: 'The tag has moved between their updates: each runs what the tag meant then, and the next update of one changes its image unasked',
      }
    case 'unreserved-on-manager':
      return {
        text: who(
          'manager',
          'runs workloads without reservation or limit',
          'run workloads without reservation or limit',
        ),
        why: 'A task that takes all the memory or CPU starves the manager beside it: leaders are lost, and elections come. Reserve and limit, or drain the managers',
      }
    case 'dead-counted':
      return {
        text: `${counted(finding.tasks, 'task')} on ${firstNames(finding.down)} still ${finding.tasks === 1 ? 'counts' : 'count'} as running`,
        why: 'Nobody can ask a node that is down, so its tasks read Running for a day, and REPLICAS of docker service ls counts them: it looks better than it is',
      }
    case 'dead-double':
      return {
        text: who('dead node', 'is down, and another node has its host name', 'have their host names with others'),
        why: 'A machine that joins anew is a new node and leaves its old self behind: that never comes back, and by the name commands hit neither of the two',
      }
    case 'node-drained':
      return {
        text: who('node', `is drained${after(drainWords(first, now))}`, 'are drained'),
        why: 'A drained node is given no tasks until a person activates it, and the others carry its load. Even then tasks do not move back by themselves',
      }
    case 'drained-with-tasks':
      return {
        text: who('drained node', `is drained and runs ${counted(first.count ?? 0, 'task')}`, 'still run tasks'),
        why: 'A drain leaves jobs alone, and waits for tasks that take long to stop: the machine is not free yet',
      }
    case 'node-paused':
      return {
        text: who('node', `is paused${after(lasting(first, now))}`, 'are paused'),
        why: 'A paused node keeps its tasks and is given no new ones: what fails there starts elsewhere, and the others fill up',
      }
    case 'mixed-engines':
      return {
        text: who(
          'node',
          `runs Engine ${first.detail}, the others ${finding.usual}`,
          `run other engines than ${finding.usual}`,
        ),
        why: 'Meant for the time of an upgrade alone: what a newer engine can do the older ones refuse, managers above all',
      }
    default:
      return assertNever(finding)
  }
}

type Who = (noun: string, one: string, many: string) => string

function explainNoSpare(because: 'placement' | 'host-port' | 'max-replicas', who: Who) {
  switch (because) {
    case 'placement':
      return {
        text: who('service', 'can run on one node alone', 'can run on one node alone'),
        why: 'Constraints allow no other node, or no other is left: while that one is away, nothing serves in its place',
      }
    case 'host-port':
      return {
        text: who('service', 'needs a node for each replica', 'need a node for each replica'),
        why: 'A port of the host is held by one task a node, and there are no more nodes than replicas: after a loss, or in a start-first update, one finds no node',
      }
    case 'max-replicas':
      return {
        text: who('service', 'fills its limit of replicas a node', 'fill their limit of replicas a node'),
        why: 'With one node less the limit leaves too few places: some of the replicas find no node',
      }
    default:
      return assertNever(because)
  }
}

/** What is told of one subject among the several of a finding; `''` where its name says it all. Untrusted text. */
export function explainSubject({ kind }: Finding, subject: Subject, now: number): string {
  const { detail = '', count = 0 } = subject
  switch (kind) {
    case 'node-drained':
      return drainWords(subject, now)
    case 'node-paused':
    case 'node-down':
    case 'pending':
      return lasting(subject, now)
    case 'drained-with-tasks':
      return `runs ${counted(count, 'task')}`
    case 'unreserved-on-manager':
      return count > MOST_NAMED ? `runs ${detail} and ${count - MOST_NAMED} more` : `runs ${detail}`
    case 'all-on-one-node':
      return `all on ${detail}`
    case 'crash-loop':
      return counted(count, 'failure')
    case 'dead-counted':
      return `${counted(count, 'task')} of a dead node in ${detail}`
    case 'mixed-engines':
      return `Engine ${detail}`
    default:
      return detail
  }
}

const MOST_NAMED = 3

const firstNames = (names: readonly string[]): string =>
  names.length > MOST_NAMED
    ? `${names.slice(0, MOST_NAMED).join(', ')} and ${counted(names.length - MOST_NAMED, 'more node')}`
    : names.join(', ')

function drainWords(subject: Subject, now: number): string {
  const { detail } = subject
  return [lasting(subject, now), detail === undefined ? '' : `in maintenance by ${detail}`].filter(Boolean).join(', ')
}

const after = (words: string): string => words && `, ${words}`

/** Below a minute nothing: that something goes on must not cost a line every second. */
const lasting = ({ since = 0 }: Subject, now: number): string =>
  since === 0 || now - since < MINUTE_MS ? '' : `≥ ${shortAge(inMinutes(now - since))}`

const MINUTE_MS = 60_000
const inMinutes = (ms: number): number => Math.floor(ms / MINUTE_MS) * MINUTE_MS
