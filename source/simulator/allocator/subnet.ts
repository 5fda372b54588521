/** A block of IPv4 addresses. */
export type Subnet = { readonly base: number; readonly bits: number }

const WORD = 2 ** 32

/** `10.0.1.0/24`; null for what is none, IPv6 among it. Host bits are cut off. */
export function parseSubnet(text: string): Subnet | null {
  const match = /^([^/]+)\/(\d{1,2})$/.exec(text)
  const address = parseAddress(match?.[1] ?? '')
  const bits = Number(match?.[2])
  if (address === null || !(bits <= 32)) return null
  return { base: address - (address % sizeOf({ bits })), bits }
}

export function formatSubnet({ base, bits }: Subnet): string {
  return `${formatAddress(base)}/${bits}`
}

export function parseAddress(text: string): number | null {
  const parts = text.split('.')
  if (parts.length !== 4 || !parts.every(part => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255)) return null
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0)
}

export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map(shift => Math.floor(address / 2 ** shift) % 256).join('.')
}

export function sizeOf({ bits }: Pick<Subnet, 'bits'>): number {
  return WORD / 2 ** bits
}

export function contains(subnet: Subnet, address: number): boolean {
  return address >= subnet.base && address < subnet.base + sizeOf(subnet)
}

export function overlap(one: Subnet, other: Subnet): boolean {
  return contains(one, other.base) || contains(other, one.base)
}
