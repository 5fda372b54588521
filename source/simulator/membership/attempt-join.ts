import { assertNever } from '../../rules/assert-never.ts'
import { type Refusal, refused, refusedBySwarm } from '../control-api/refusal.ts'
import { NO_LEADER } from '../engine-api/ask-leader.ts'
import { EMPTY, json, type Result } from '../engine-api/call.ts'
import { decideCall } from '../engine-api/decide-call.ts'
import { canCommit, isInTouch, leadingMachine, runsManager } from '../raft/can-commit.ts'
import { trustedDigest } from '../world/join-token.ts'
import { linkBetween } from '../world/link.ts'
import { type Joining, type Machine, swarmOf } from '../world/machine.ts'
import type { NodeRole } from '../world/node.ts'
import type { Swarm } from '../world/swarm.ts'
import { setTimer } from '../world/timer.ts'
import { digestOf } from '../world/trust-root.ts'
import type { World } from '../world/world.ts'
import { advertisedAddress, isAtPort, RAFT_PORT } from './addresses.ts'
import { joinSwarm } from './join-swarm.ts'

const PAUSE_MS = 2_000
const ATTEMPTS = 5
const PATIENCE_MS = 20_000
/** Until the agent has registered; a manager has its raft to join besides. */
const TAKEN_IN_MS = { worker: 160, manager: 750 } as const

const TIMED_OUT =
  'Timeout was reached before node joined. The attempt to join the swarm will continue in the background. Use the "docker info" command to see the current swarm status of your node.'

/**
 * Begins to join. Whoever is refused asks five times and gives up; who hears nothing asks on for ever, but tells so
 * after twenty seconds. What comes back is what the call will be told unless the answer changes meanwhile.
 *
 * Source: moby/moby daemon/cluster/swarm.go (Join), moby/swarmkit ca/certificates.go (GetRemoteCA, GetRemoteSignedCertificate)
 */
export function beginJoin(world: World, machine: Machine, wish: Omit<Joining, 'serial' | 'attempts'>): Result {
  const joining = { ...wish, serial: world.timerSerial, attempts: 1 }
  const attempt = ask(world, machine, joining)
  switch (attempt.kind) {
    case 'welcome':
      return { kind: 'later', ms: enter(world, machine, joining, attempt), result: EMPTY }
    case 'refused': {
      askAgain(world, machine, joining)
      return { kind: 'later', ms: ATTEMPTS * PAUSE_MS, result: told(attempt.refusal) }
    }
    case 'silent':
      askAgain(world, machine, joining)
      return { kind: 'later', ms: PATIENCE_MS, result: json({ message: TIMED_OUT }, 503) }
    default:
      return assertNever(attempt)
  }
}

export function retryJoin(world: World, name: string, serial: number): void {
  const machine = world.machines[name]
  const joining = machine?.joining
  if (machine === undefined || joining?.serial !== serial) return
  delete machine.joining
  if (machine.power !== 'on') return
  const attempt = ask(world, machine, joining)
  if (attempt.kind === 'welcome') {
    decideCall(world, machine, '/swarm/join', enter(world, machine, joining, attempt), EMPTY)
  } else if (attempt.kind === 'silent' || joining.attempts < ATTEMPTS) {
    joining.attempts++
    askAgain(world, machine, joining)
  } else decideCall(world, machine, '/swarm/join', 0, told(attempt.refusal))
}

function askAgain(world: World, machine: Machine, joining: Joining): void {
  machine.joining = joining
  setTimer(world, PAUSE_MS, { kind: 'join', machine: machine.name, serial: joining.serial })
}

/** Gives back how long it takes, in milliseconds. */
function enter(world: World, machine: Machine, joining: Joining, { swarm, role }: Welcome): number {
  const { availability, advertiseAddress, managerPort } = joining
  joinSwarm(world, swarm, machine, role, {
    availability,
    ...(advertiseAddress !== '' && advertiseAddress !== machine.address && { advertiseAddress }),
    ...(managerPort !== RAFT_PORT && { managerPort }),
  })
  return TAKEN_IN_MS[role]
}

function told({ status, message }: Refusal): Result {
  return json({ message }, status)
}

type Welcome = { readonly kind: 'welcome'; readonly swarm: Swarm; readonly role: NodeRole }
type Attempt = Welcome | { readonly kind: 'refused'; readonly refusal: Refusal } | { readonly kind: 'silent' }

/** Any manager can be asked; it asks the leader. */
function ask(world: World, machine: Machine, { remote, token }: Joining): Attempt {
  const manager = findListener(world, remote)
  if (manager === null || linkBetween(machine, manager) === 'silent') return { kind: 'silent' }
  const swarm = swarmOf(world, manager)
  const isListening = runsManager(manager) && isAtPort(manager, remote)
  if (swarm === undefined || !isListening || linkBetween(machine, manager) === 'refused') {
    const cause = `dial tcp ${remote}: connect: connection refused`
    const text = `connection error: desc = "transport: Error while dialing: ${cause}"`
    return refuse(refused(503, `rpc error: code = Unavailable desc = ${text}`))
  }
  const digest = trustedDigest(token)
  if (digest !== digestOf(swarm.cluster.trustRoot)) {
    return refuse(refused(500, `remote CA does not match fingerprint. Expected: ${digest}`))
  }
  const leader = leadingMachine(world, swarm)
  const isHeard = leader !== undefined && isInTouch(world, swarm, leader, manager.membership?.nodeId ?? '')
  if (!isHeard || !canCommit(world, swarm)) return refuse(refusedBySwarm('Unknown', NO_LEADER))
  const { joinTokens } = swarm.cluster
  if (token === joinTokens.worker) return { kind: 'welcome', swarm, role: 'worker' }
  if (token === joinTokens.manager) return { kind: 'welcome', swarm, role: 'manager' }
  return refuse(refusedBySwarm('InvalidArgument', 'A valid join token is necessary to join this cluster'))
}

function refuse({ refusal }: ReturnType<typeof refused>): Attempt {
  return { kind: 'refused', refusal }
}

/** The machine at an address; null where no machine is. */
function findListener(world: World, remote: string): Machine | null {
  const machines = Object.values(world.machines)
  const host = remote.replace(/:\d+$/, '')
  return machines.find(machine => [machine.address, advertisedAddress(machine), machine.name].includes(host)) ?? null
}
