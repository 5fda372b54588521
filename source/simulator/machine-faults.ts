import { assertNever } from '../rules/assert-never.ts'
import type { MachineAction } from '../rules/machine-action.ts'
import { loseContainers } from './agent/machine-power.ts'
import { startMachine } from './boot.ts'
import { hangUpAll } from './hang-up.ts'
import { recountLoad } from './load/load.ts'
import { followSuccessors } from './membership/follow-successor.ts'
import { reviewRaft } from './raft/review-raft.ts'
import { type Machine, type ManagerPart, swarmOf } from './world/machine.ts'
import { drawWithin } from './world/random.ts'
import { setTimer } from './world/timer.ts'
import type { World } from './world/world.ts'

/** How long connections take to come back after a cut: those that it has broken are tried again ever more rarely. */
const RECONNECT_MS = { unbroken: [100, 1_000], broken: [20_000, 40_000] } as const

/** Does something to a machine and says null, or says in one sentence why that makes no sense. */
export function strikeMachine(world: World, name: string, action: MachineAction): string | null {
  const machine = Object.hasOwn(world.machines, name) ? world.machines[name] : undefined
  if (machine === undefined) return `There is no machine ${name}: there are ${Object.keys(world.machines).join(', ')}`
  const problem = objection(machine, action)
  if (problem === null) act(world, machine, action)
  return problem
}

function objection(machine: Machine, action: MachineAction): string | null {
  const { name, power, isCut } = machine
  switch (action) {
    case 'kill':
    case 'poweroff':
    case 'stop':
      return power === 'off' ? `${name} is off already` : null
    case 'start':
      if (power === 'off') return null
      return power === 'on' ? `${name} is on already` : `${name} is starting already`
    case 'cut':
      return isCut ? `${name} is cut off already` : null
    case 'heal':
      return isCut ? null : `${name} is not cut off`
    default:
      return assertNever(action)
  }
}

function act(world: World, machine: Machine, action: MachineAction): void {
  switch (action) {
    case 'kill':
    case 'poweroff':
    case 'stop':
      machine.isSilent = action === 'poweroff'
      switchOff(world, machine, action === 'stop' ? 'stopped' : 'killed')
      break
    case 'start':
      startMachine(world, machine)
      break
    case 'cut':
      machine.isCut = true
      break
    case 'heal':
      heal(world, machine)
      break
    default:
      assertNever(action)
  }
  recountLoad(world)
  followSuccessors(world)
  const swarm = swarmOf(world, machine)
  if (swarm !== undefined) reviewRaft(world, swarm)
}

/** Everything that is not on disk is gone. A leader that dies, even in order, tells nobody. */
function switchOff(world: World, machine: Machine, how: 'killed' | 'stopped'): void {
  loseContainers(world, machine, how)
  machine.power = 'off'
  machine.bootsUntil = null
  machine.events = []
  hangUpAll(world, machine)
  const swarm = swarmOf(world, machine)
  const { membership } = machine
  if (swarm === undefined || membership === null) return
  membership.session = null
  if (membership.manager !== null) fallSilent(membership.manager, swarm.index)
  if (swarm.raft.leader === membership.nodeId) swarm.raft.leader = ''
}

function fallSilent(manager: ManagerPart, index: number): void {
  manager.logEnd ??= index
  manager.leader = ''
  manager.electionDue = null
  manager.stepDownDue = null
  manager.reconnectsAt = null
  manager.stale = null
}

function heal(world: World, machine: Machine): void {
  machine.isCut = false
  const manager = machine.membership?.manager
  if (manager == null || machine.power !== 'on') return
  const isBroken = manager.leader === '' || manager.stale !== null
  const ms = drawWithin(world.random, RECONNECT_MS[isBroken ? 'broken' : 'unbroken'])
  manager.reconnectsAt = world.now + ms
  setTimer(world, ms, { kind: 'reconnect', machine: machine.name })
}

/** The connections between managers are there again. */
export function reconnect(world: World, machine: Machine): void {
  const manager = machine.membership?.manager
  const swarm = swarmOf(world, machine)
  if (swarm === undefined || manager == null || manager.reconnectsAt !== world.now) return
  manager.reconnectsAt = null
  reviewRaft(world, swarm)
}
