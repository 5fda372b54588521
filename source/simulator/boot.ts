import { resumeAgent } from './agent/machine-power.ts'
import { finishBoot } from './finish-boot.ts'
import { followSuccessors } from './membership/follow-successor.ts'
import { awaitLeader } from './raft/await-leader.ts'
import { reviewRaft } from './raft/review-raft.ts'
import { type Machine, type ManagerPart, newManagerPart, swarmOf } from './world/machine.ts'
import { drawWithin } from './world/random.ts'
import type { Swarm } from './world/swarm.ts'
import { setTimer } from './world/timer.ts'
import type { World } from './world/world.ts'

/** A manager has its log to read. */
const DAEMON_START_MS = { manager: [4_000, 6_500], worker: [1_000, 2_000] } as const
/** What is then left of the 20 s that a daemon waits for its swarm part before it answers calls without it. */
const SWARM_START_MS = 15_000

/*
 * Source: moby/moby daemon/command/daemon.go (start), daemon/cluster/cluster.go (Start, swarmConnectTimeout)
 */

/** Switches a machine on. Its engine takes calls at once and answers them when it is up. */
export function startMachine(world: World, machine: Machine): void {
  machine.power = 'booting'
  machine.isSilent = false
  const isManager = machine.membership?.manager != null
  wait(world, machine, drawWithin(world.random, DAEMON_START_MS[isManager ? 'manager' : 'worker']))
}

/** Either the daemon is there and looks for its swarm, or it has looked for long enough. */
export function continueBoot(world: World, machine: Machine): void {
  if (machine.bootsUntil !== world.now) return
  const isUp = machine.power === 'on'
  machine.power = 'on'
  followSuccessors(world)
  const swarm = swarmOf(world, machine)
  if (isUp || swarm === undefined || lock(swarm, machine)) finishBoot(world, machine)
  else {
    wait(world, machine, SWARM_START_MS)
    startSwarmPart(world, swarm, machine)
  }
}

/** The swarm part begins: the agent goes on with its tasks, a manager's raft with its log. */
export function startSwarmPart(world: World, swarm: Swarm, machine: Machine): void {
  const { membership } = machine
  if (membership === null) return
  membership.state = 'pending'
  membership.session = null
  if (membership.manager !== null) membership.manager = restartManager(world, swarm, machine, membership.manager)
  resumeAgent(world, machine)
  reviewRaft(world, swarm)
}

/** What is on its disk it still knows. A member that is alone asks nobody and campaigns at once. */
function restartManager(world: World, swarm: Swarm, machine: Machine, before: ManagerPart): ManagerPart {
  const { isReady, term, logEnd, eventsTold } = before
  const manager = newManagerPart({ isReady, term, logEnd, eventsTold, leaderlessSince: world.now })
  if (Object.keys(swarm.raft.members).length > 1) awaitLeader(world, machine, manager, world.now)
  else {
    manager.electionDue = world.now
    setTimer(world, 0, { kind: 'election', machine: machine.name })
  }
  return manager
}

/** A manager of a locked swarm has to be unlocked by hand before it can read its own log. */
function lock(swarm: Swarm, { membership }: Machine): boolean {
  if (membership?.manager == null || swarm.cluster.unlockKey === '') return false
  membership.state = 'locked'
  return true
}

function wait(world: World, machine: Machine, ms: number): void {
  machine.bootsUntil = world.now + ms
  setTimer(world, ms, { kind: 'boot', machine: machine.name })
}
