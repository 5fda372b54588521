import { type Machine, swarmOf } from '../world/machine.ts'
import { draw } from '../world/random.ts'
import type { Swarm } from '../world/swarm.ts'
import { setTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { connectedSwarm, renewCertificate } from './follow-role.ts'

/** A node asks anew at a moment of its own between these parts of its certificate's life. */
const RENEWAL = { from: 0.5, to: 0.8 } as const
const RETRY_MS = 60 * 60_000

/*
 * Source: moby/swarmkit ca/renewer.go, ca/certificates.go (calculateRandomExpiry)
 * Leaves out: certificates that expire, since no machine here is away for three months.
 */

/** From now on this machine's certificate counts down. */
export function armRenewal(world: World, { cluster }: Swarm, machine: Machine): void {
  const lifeMs = (cluster.spec.CAConfig?.NodeCertExpiry ?? 0) / 1e6
  const share = RENEWAL.from + draw(world.random) * (RENEWAL.to - RENEWAL.from)
  const nodeId = machine.membership?.nodeId ?? ''
  if (lifeMs > 0) setTimer(world, lifeMs * share, { kind: 'certificate-renewal', machine: machine.name, nodeId })
}

/** A node that is cut off asks again and again. */
export function renewInTime(world: World, machine: Machine, nodeId: string): void {
  const swarm = swarmOf(world, machine)
  if (swarm === undefined || machine.membership?.nodeId !== nodeId) return
  if (connectedSwarm(world, machine, nodeId) === null || swarm.nodes[nodeId] === undefined) {
    setTimer(world, RETRY_MS, { kind: 'certificate-renewal', machine: machine.name, nodeId })
    return
  }
  renewCertificate(world, swarm, nodeId)
  armRenewal(world, swarm, machine)
}
