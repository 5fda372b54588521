import type { NodeAvailability, NodeRole } from '../world/node.ts'
import { drawId } from '../world/random.ts'
import { transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { NOT_DESCRIBED } from './describe-machine.ts'
import { renewCertificate } from './follow-role.ts'

/**
 * A node as it is born: somebody has shown a token and been given a certificate. Who that is, its agent will say when it
 * registers. Gives the new ID back.
 *
 * Source: moby/swarmkit ca/server.go (IssueNodeCertificate)
 */
export function newNode(world: World, swarm: Swarm, role: NodeRole, availability: NodeAvailability): string {
  const id = drawId(world.random)
  transact(world, swarm, transaction =>
    transaction.createNode({
      id,
      spec: { name: '', labels: {}, role, availability },
      role,
      description: NOT_DESCRIBED,
      status: { state: 'unknown', message: '', address: '' },
    }),
  )
  renewCertificate(world, swarm, id)
  return id
}
