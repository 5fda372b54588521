import type { Network } from '../world/network.ts'
import type { AddressBook } from '../world/swarm.ts'
import { contains, formatAddress, parseAddress, parseSubnet, sizeOf } from './subnet.ts'

/*
 * Addresses are given out in sequence: the next free one behind the last that was given, and round again at the end, so
 * that an address does not come back at once to somebody else.
 *
 * Source: moby/moby libnetwork/ipams/defaultipam (serial allocation), libnetwork/bitmap
 */

export function newAddressBook(): AddressBook {
  return { last: 0, used: {} }
}

/** An address with its prefix, `10.0.1.4/24`; null when all are taken. */
export function takeAddress(book: AddressBook, network: Network): string | null {
  const range = rangeOf(network)
  if (range === null) return null
  const { first, last, base, bits, gateway } = range
  const count = last - first + 1
  const start = Math.max(book.last + 1, first)
  for (let step = 0; step < count; step++) {
    const offset = first + ((start - first + step) % count)
    if (offset === gateway || book.used[offset] === true) continue
    book.used[offset] = true
    book.last = offset
    return `${formatAddress(base + offset)}/${bits}`
  }
  return null
}

/** Notes one that is known to be in use, as a new leader reads it from the store. */
export function keepAddress(book: AddressBook, network: Network, address: string): void {
  const offset = offsetOf(network, address)
  if (offset !== null) book.used[offset] = true
}

export function giveAddressBack(book: AddressBook, network: Network, address: string): void {
  const offset = offsetOf(network, address)
  if (offset !== null) delete book.used[offset]
}

function offsetOf(network: Network, text: string): number | null {
  const range = rangeOf(network)
  const address = parseAddress(text.split('/')[0] ?? '')
  return range === null || address === null ? null : address - range.base
}

/** Neither the subnet's own address nor its broadcast address is ever given out. */
function rangeOf({ state }: Network) {
  for (const pool of state?.pools ?? []) {
    const subnet = parseSubnet(pool.subnet)
    if (subnet === null) continue
    const within = parseSubnet(pool.range)
    const size = sizeOf(subnet)
    const from = within !== null && contains(subnet, within.base) ? within.base - subnet.base : 0
    const to = within !== null && contains(subnet, within.base) ? from + sizeOf(within) : size
    const gateway = parseAddress(pool.gateway)
    return {
      ...subnet,
      first: Math.max(1, from),
      last: Math.min(size - 2, to - 1),
      gateway: gateway === null ? -1 : gateway - subnet.base,
    }
  }
  return null
}
