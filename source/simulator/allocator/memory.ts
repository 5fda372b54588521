import type { AddressBook, AllocatorMemory, Swarm } from '../world/swarm.ts'
import { isTerminal } from '../world/task.ts'
import { keepAddress, newAddressBook } from './address-book.ts'

const FIRST_VXLAN = 4096
const VXLAN_OPTION = 'com.docker.network.driver.overlay.vxlanid_list'

/** What an allocator knows when it starts: every address that the store says is in use. */
export function readMemory(swarm: Swarm): AllocatorMemory {
  const memory: AllocatorMemory = { books: {}, lastVxlan: FIRST_VXLAN - 1, waiting: {} }
  const keep = (networkId: string, addresses: readonly string[]) => {
    const network = swarm.networks[networkId]
    if (network === undefined) return
    for (const address of addresses) keepAddress(bookOf(memory, networkId), network, address)
  }
  for (const { state } of Object.values(swarm.networks)) {
    memory.lastVxlan = Math.max(memory.lastVxlan, Number(state?.options[VXLAN_OPTION] ?? 0) || 0)
  }
  for (const { virtualIps } of Object.values(swarm.services)) {
    for (const { networkId, address } of virtualIps) keep(networkId, [address])
  }
  for (const { attachments = [] } of Object.values(swarm.nodes)) {
    for (const { networkId, addresses } of attachments) keep(networkId, addresses)
  }
  for (const task of Object.values(swarm.tasks)) {
    if (task.status.state === 'new') memory.waiting[task.id] = true
    if (isTerminal(task)) continue
    for (const { networkId, addresses } of task.networks ?? []) keep(networkId, addresses)
  }
  return memory
}

export function bookOf(memory: AllocatorMemory, networkId: string): AddressBook {
  const book = memory.books[networkId] ?? newAddressBook()
  memory.books[networkId] = book
  return book
}
