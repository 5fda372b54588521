import { counted } from '../../rules/counted.ts'
import { humanDuration } from '../../rules/duration.ts'
import type { Cluster, ClusterNode } from '../../swarm/cluster.ts'
import { MASK, maskSetting } from '../../swarm/masking.ts'
import { readSwarmSettings } from '../../swarm/read-swarm-settings.ts'
import type { RootCertificate, SwarmSettings } from '../../swarm/swarm-settings.ts'
import { isRevealed, objectOf } from '../inspect/shown-document.ts'
import { findResource } from '../resources.ts'
import { keepBy } from '../rows/keep-by.ts'
import type { State } from '../state.ts'
import { swarmNow } from '../swarm-clock.ts'
import { type Fact, type Piece, piece } from './fact.ts'

/** The page about the swarm's own settings, and how machines join it; nothing before they have been read. */
export function swarmFacts(state: State): readonly Fact[] {
  const object = objectOf(findResource(state, { kind: 'swarm' }))
  const settings = object === null ? null : settingsOf(object)
  const cluster = state.reading?.cluster
  if (settings === null || cluster === undefined) return []
  const now = swarmNow(state)
  return [
    ...identityFacts(settings, now),
    ...managerFacts(cluster),
    ...certificateFacts(settings, now),
    ...raftFacts(settings),
    ...networkFacts(settings),
    ...joinFacts(settings, cluster, isRevealed(state)),
  ]
}

const settingsOf = keepBy(readSwarmSettings)

const fact = (id: string, label: string, ...pieces: readonly Piece[]): Fact => ({ id, label, pieces })

const heading = (text: string): Fact => fact(`heading ${text}`, '', piece(text, 'heading'))

/** A setting that is never nothing was not told where it is. */
const told = (setting: number, ...pieces: readonly Piece[]): readonly Piece[] =>
  setting > 0 ? pieces : [piece('the engine does not tell', 'quiet')]

function identityFacts({ id, createdAt, updatedAt, labels }: SwarmSettings, now: number): readonly Fact[] {
  const entries = Object.entries(labels)
  return [
    heading('Swarm'),
    fact('id', 'ID', piece(id)),
    fact('created', 'created', ...moment(createdAt, now)),
    fact('updated', 'settings changed', ...moment(updatedAt, now)),
    ...entries.map(([name, value], index) =>
      fact(
        `label ${name}`,
        index === 0 ? 'labels' : '',
        piece(value === '' ? name : `${name}=${maskSetting(name, value)}`),
      ),
    ),
  ]
}

const moment = (at: number, now: number): readonly Piece[] =>
  at === 0 ? [piece('not known', 'quiet')] : [piece(dayOf(at)), piece(`, ${humanDuration(now - at)} ago`, 'quiet')]

const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

function managerFacts(cluster: Cluster): readonly Fact[] {
  const { members, reachable, majority, canLose, hasQuorum } = cluster.quorum
  const standing = `${reachable} of ${counted(members.length, 'manager')} · majority ${majority} · can lose ${Math.max(0, canLose)}`
  const self = cluster.nodeById.get(cluster.snapshot.self.nodeId)
  return [
    heading('Managers'),
    fact('quorum', 'quorum', piece(standing, hasQuorum ? (canLose > 0 ? 'good' : 'warning') : 'danger')),
    ...members.map(({ nodeId, name, address, isLeader, isReachable }) => ({
      ...fact(
        `manager ${nodeId}`,
        name,
        piece(address),
        isReachable
          ? piece(isLeader ? '  leader' : '  reachable', isLeader ? 'strong' : 'quiet')
          : piece('  unreachable', 'danger'),
      ),
      opens: { kind: 'node', nodeId } as const,
      copies: address,
    })),
    ...(self === undefined ? [] : [selfFact(self)]),
  ]
}

const selfFact = ({ name, node }: ClusterNode): Fact => ({
  ...fact('self', 'engine at hand', piece(name), piece(`  ${node.address}`, 'quiet')),
  opens: { kind: 'node', nodeId: node.id },
  copies: name,
})

function certificateFacts({ certificates }: SwarmSettings, now: number): readonly Fact[] {
  const { roots, nodeValidityMs, external, isRotating } = certificates
  return [
    heading('Certificates'),
    ...roots.map((root, index) => fact(`root ${index}`, index === 0 ? 'root CA' : '', ...rootPieces(root, now))),
    ...(roots.length === 0 ? [fact('root 0', 'root CA', piece('the engine does not tell it', 'quiet'))] : []),
    ...(isRotating ? [fact('rotation', 'rotation', piece('under way: the nodes move to a new root', 'warning'))] : []),
    fact(
      'validity',
      'node certificates',
      ...told(
        nodeValidityMs,
        piece(`good for ${days(nodeValidityMs)}`),
        piece(', renewed after half to four fifths of it', 'quiet'),
      ),
    ),
    ...external.map((url, index) => fact(`external ${index}`, index === 0 ? 'external CA' : '', piece(url))),
  ]
}

function rootPieces(root: RootCertificate, now: number): readonly Piece[] {
  if (root === null) return [piece('it cannot be read: this is no certificate that we know', 'warning')]
  const left = root.validUntil - now
  const day = dayOf(root.validUntil)
  if (left < 0) return [piece(`${root.subject}  expired on ${day}`, 'danger')]
  const weight = left < DANGER_MS ? 'danger' : left < WARNING_MS ? 'warning' : 'plain'
  const renewal = weight === 'plain' ? [] : [piece(': docker swarm ca --rotate makes a new one', weight)]
  return [piece(`${root.subject}  good until ${day}`, weight), piece(`, ${days(left)} left`, weight), ...renewal]
}

const DAY_MS = 86_400_000
/** Nodes renew theirs at the latest when a fifth of 90 days is left; a root that ends sooner ends those too. */
const WARNING_MS = 180 * DAY_MS
const DANGER_MS = 30 * DAY_MS

function days(ms: number): string {
  const whole = Math.floor(ms / DAY_MS)
  return whole < 1 ? humanDuration(ms) : counted(whole, 'day')
}

/** A tick is a second. Source: moby/swarmkit manager/state/raft/raft.go (NewNode) */
function raftFacts({ raft, heartbeatMs, historyLimit, isAutolocked }: SwarmSettings): readonly Fact[] {
  const { electionTick, heartbeatTick, snapshotInterval, keptSnapshots, entriesForSlowFollowers } = raft
  return [
    heading('Raft and tasks'),
    fact(
      'autolock',
      'autolock',
      ...(isAutolocked
        ? [piece('on', 'strong'), piece(': a manager that starts again waits for docker swarm unlock', 'quiet')]
        : [piece('off'), piece(': managers start again by themselves', 'quiet')]),
    ),
    fact(
      'election',
      'election',
      ...told(
        electionTick,
        piece(`after ${electionTick} s without the leader`),
        piece(`, who is heard every ${heartbeatTick} s`, 'quiet'),
      ),
    ),
    fact(
      'snapshots',
      'snapshots',
      ...told(
        snapshotInterval,
        piece(`every ${snapshotInterval} log entries`),
        piece(`, old ones kept: ${keptSnapshots}; ${entriesForSlowFollowers} entries for slow followers`, 'quiet'),
      ),
    ),
    fact('heartbeat', 'node heartbeat', ...told(heartbeatMs, piece(`every ${heartbeatMs / 1000} s`))),
    fact('history', 'task history', piece(`${counted(historyLimit, 'task')} a slot`)),
  ]
}

/** Source: moby/swarmkit manager/allocator/networkallocator; docker swarm init --help */
function networkFacts({ addressPools, subnetSize, dataPathPort }: SwarmSettings): readonly Fact[] {
  const pools = addressPools.length === 0 ? ['10.0.0.0/8'] : addressPools
  return [
    heading('Networks'),
    fact(
      'pools',
      'address pools',
      piece(pools.join(' ')),
      piece(addressPools.length === 0 ? ', as nobody has said otherwise' : '', 'quiet'),
    ),
    fact('subnets', 'each network', piece(`a /${subnetSize || 24} of them`)),
    fact('port', 'data path port', piece(`${dataPathPort || 4789}/udp`)),
  ]
}

/** As `docker swarm join-token` prints them, with the address of the manager that is asked. */
function joinFacts({ tokens }: SwarmSettings, cluster: Cluster, isShown: boolean): readonly Fact[] {
  const self = cluster.nodeById.get(cluster.snapshot.self.nodeId)
  const address = self?.node.manager?.address || cluster.quorum.leader?.address || ''
  return [
    heading('Join commands'),
    ...joinFact('worker', tokens.worker, address, isShown),
    ...joinFact('manager', tokens.manager, address, isShown),
    fact(
      'hint',
      '',
      isShown
        ? piece('whoever has a token can join: v hides them, and so does leaving this screen', 'warning')
        : piece('v shows the tokens, and then c copies a command', 'quiet'),
    ),
  ]
}

/** With its token a command is longer than most screens are wide: it goes on in lines of its own, and is copied whole. */
function joinFact(role: 'worker' | 'manager', token: string, address: string, isShown: boolean): readonly Fact[] {
  const label = `as a ${role}`
  if (token === '') return [fact(`join ${role}`, label, piece('the engine does not tell the token', 'quiet'))]
  const command = `docker swarm join --token ${isShown ? token : MASK} ${address}`
  const lines = isShown ? ['docker swarm join --token', ...cutUp(`${token} ${address}`)] : [command]
  return lines.map((text, index) => ({
    ...fact(`join ${role} ${index}`, index === 0 ? label : '', piece(text)),
    copies: command,
  }))
}

const cutUp = (text: string): readonly string[] => text.match(/.{1,50}/g) ?? []
