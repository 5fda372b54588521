import { assertNever } from '../../rules/assert-never.ts'
import type { MembershipDue } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { renewInTime } from './certificates.ts'
import { finishManager, joinRaft, takeRole } from './follow-role.ts'
import { leadFork } from './fork-swarm.ts'

/** What a machine has to do as a node has become due. */
export function workMembership(world: World, { kind, machine: name, nodeId }: MembershipDue): void {
  const machine = world.machines[name]
  if (machine?.membership?.nodeId !== nodeId) return
  switch (kind) {
    case 'certificate':
      takeRole(world, machine, nodeId)
      return
    case 'certificate-renewal':
      renewInTime(world, machine, nodeId)
      return
    case 'raft-join':
      joinRaft(world, machine, nodeId)
      return
    case 'manager-ready':
      finishManager(machine, nodeId)
      return
    case 'fork':
      leadFork(world, machine)
      return
    default:
      assertNever(kind)
  }
}
