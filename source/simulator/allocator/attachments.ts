import type { Attachment, Network } from '../world/network.ts'
import type { Node } from '../world/node.ts'
import { tasksOfNode } from '../world/store.ts'
import type { AllocatorMemory, Swarm } from '../world/swarm.ts'
import { isTerminal, type Task } from '../world/task.ts'
import { giveAddressBack, takeAddress } from './address-book.ts'
import { bookOf } from './memory.ts'
import { findIngress, wantedNetworks } from './wanted-networks.ts'

/**
 * A task's place in each of its networks; null when one of them has none for it now. `full`: networks that had none for
 * another task a moment ago, which is added to.
 */
export function attachTask(
  swarm: Swarm,
  memory: AllocatorMemory,
  task: Task,
  full: Set<string>,
): readonly Attachment[] | null {
  const attachments: Attachment[] = []
  for (const network of wantedNetworks(swarm, swarm.services[task.serviceId], task.spec)) {
    const attachment = full.has(network.id) ? null : attach(memory, network)
    if (attachment === null) {
      full.add(network.id)
      release(swarm, memory, attachments)
      return null
    }
    attachments.push(attachment)
  }
  return attachments
}

/**
 * Where a node balances load: in every overlay that a task on it is in, and always in the ingress network. Null when it
 * is where it should be. A network that has no address left goes without.
 *
 * Source: moby/swarmkit manager/allocator/network.go (getNodeNetworks, allocateNode)
 */
export function attachNode(swarm: Swarm, memory: AllocatorMemory, node: Node): readonly Attachment[] | null {
  const wanted = new Set<string>()
  for (const task of tasksOfNode(swarm, node.id)) {
    if (isTerminal(task)) continue
    for (const { networkId } of task.networks ?? []) {
      if (swarm.networks[networkId]?.isPredefined === false) wanted.add(networkId)
    }
  }
  const ingress = findIngress(swarm)
  if (ingress !== undefined) wanted.add(ingress.id)

  const present = node.attachments ?? []
  const kept = present.filter(({ networkId }) => wanted.has(networkId))
  const added: Attachment[] = []
  for (const networkId of wanted) {
    const network = swarm.networks[networkId]
    if (network === undefined || kept.some(other => other.networkId === networkId)) continue
    const attachment = attach(memory, network)
    if (attachment !== null) added.push(attachment)
  }
  if (added.length === 0 && kept.length === present.length) return null
  release(
    swarm,
    memory,
    present.filter(attachment => !kept.includes(attachment)),
  )
  return [...kept, ...added]
}

export function release(swarm: Swarm, memory: AllocatorMemory, attachments: readonly Attachment[]): void {
  for (const { networkId, addresses } of attachments) {
    const network = swarm.networks[networkId]
    if (network === undefined) continue
    for (const address of addresses) giveAddressBack(bookOf(memory, networkId), network, address)
  }
}

function attach(memory: AllocatorMemory, network: Network): Attachment | null {
  if (network.isPredefined) return { networkId: network.id, addresses: [] }
  if (network.state === null) return null
  const address = takeAddress(bookOf(memory, network.id), network)
  return address === null ? null : { networkId: network.id, addresses: [address] }
}
