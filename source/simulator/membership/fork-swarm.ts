import { majorityOf } from '../../rules/quorum.ts'
import { loseContainers, resumeAgent } from '../agent/machine-power.ts'
import { isInTouch, runsManager } from '../raft/can-commit.ts'
import { reviewRaft } from '../raft/review-raft.ts'
import { startLeading } from '../start-leading.ts'
import { linkBetween } from '../world/link.ts'
import { type Machine, machineOfNode, newManagerPart, swarmOf } from '../world/machine.ts'
import type { Swarm } from '../world/swarm.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { raftAddress } from './addresses.ts'
import { takeAlong } from './follow-successor.ts'
import { isDeserted } from './leave-swarm.ts'
import { longestStop } from './longest-stop.ts'

const RESTART_MS = 4_600
/** What a cluster says of its address pool once a manager has had to read it back from disk. */
const DEFAULT_POOL = ['10.0.0.0/8']

/**
 * `--force-new-cluster`: a manager goes on by itself with all that it has of its swarm, as the raft's only member. The
 * other machines go with it, unless they are out of its reach or enough of the other managers live to go on without it.
 * Its own containers are lost; its API is away meanwhile. Gives back for how long, in milliseconds.
 *
 * Source: moby/moby daemon/cluster/swarm.go (Init), moby/swarmkit manager/state/raft/raft.go (ForceNewCluster)
 */
export function forkSwarm(world: World, machine: Machine): number {
  const old = swarmOf(world, machine)
  const { membership } = machine
  if (old === undefined || membership === null) throw new Error(`${machine.name} is in no swarm that it could fork`)
  const ms = RESTART_MS + longestStop(machine)
  const doOthersGoOn = haveMajority(world, old, machine)
  const fork = copyOf(world, membership.manager?.stale ?? old, machine)
  world.swarms[fork.key] = fork
  for (const other of Object.values(world.machines)) {
    if (other.membership?.swarm !== old.key || other === machine) continue
    const isOutOfReach = other.power === 'on' && linkBetween(other, machine) !== 'open'
    if (!doOthersGoOn && !isOutOfReach) takeAlong(other, fork)
  }
  Object.assign(membership, { swarm: fork.key, state: 'pending', session: null })
  const { term = 0, eventsTold = 0 } = membership.manager ?? {}
  membership.manager = newManagerPart({ term, eventsTold })
  loseContainers(world, machine, 'stopped')
  if (old.raft.leader === membership.nodeId) old.raft.leader = ''
  old.successor = fork.key
  if (isDeserted(world, old)) delete world.swarms[old.key]
  else reviewRaft(world, old)
  setTimer(world, ms, { kind: 'fork', machine: machine.name, nodeId: membership.nodeId })
  return ms
}

/** The manager has started anew, alone in its raft, and needs nobody's vote. */
export function leadFork(world: World, machine: Machine): void {
  const { membership } = machine
  const swarm = swarmOf(world, machine)
  if (membership?.manager == null || swarm?.raft.leader !== '' || machine.power !== 'on') return
  startLeading(world, swarm, membership.nodeId)
  resumeAgent(world, machine)
}

function copyOf(world: World, { cluster, raft, ...rest }: Swarm, machine: Machine): Swarm {
  const nodeId = machine.membership?.nodeId ?? ''
  const pool = cluster.defaultAddressPool
  return {
    ...structuredClone(rest),
    key: `s${world.swarmSerial++}`,
    cluster: { ...cluster, defaultAddressPool: pool.length > 0 ? pool : DEFAULT_POOL },
    raft: { ...raft, members: { [nodeId]: { address: raftAddress(machine) } }, leader: '', unreachableFrom: {} },
    changes: [],
  }
}

/** Are enough managers besides this one alive and in touch with each other? */
function haveMajority(world: World, swarm: Swarm, machine: Machine): boolean {
  const members = Object.keys(swarm.raft.members)
  const others = members.flatMap(id => machineOfNode(world, swarm, id) ?? []).filter(other => other !== machine)
  return others.filter(runsManager).some(candidate => {
    const reached = others.filter(other => isInTouch(world, swarm, candidate, other.membership?.nodeId ?? ''))
    return reached.length >= majorityOf(members.length)
  })
}
