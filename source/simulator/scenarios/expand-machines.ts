import type { MachineText } from './schema/machine-schema.ts'

export type NamedMachine = {
  readonly name: string
  readonly address: string
  readonly entry: MachineText
  /** Of the entry in the file. */
  readonly index: number
}

const MACHINES_OF_A_NETWORK = 250

/**
 * One machine for each that an entry counts. Entries with a count and the same name go on numbering where the one before
 * ended. A machine without an address gets one of 10.0.1.0/24 and the networks that follow.
 */
export function expandMachines(entries: readonly MachineText[]): readonly NamedMachine[] {
  const last = new Map<string, number>()
  const named = entries.flatMap((entry, index) => {
    const { name, count } = entry
    if (count === undefined) return [{ name, entry, index }]
    const from = last.get(name) ?? 0
    last.set(name, from + count)
    return Array.from({ length: count }, (_, offset) => ({ name: `${name}${from + offset + 1}`, entry, index }))
  })
  return named.map((machine, place) => ({ ...machine, address: machine.entry.address ?? addressAt(place) }))
}

function addressAt(place: number): string {
  return `10.0.${1 + Math.floor(place / MACHINES_OF_A_NETWORK)}.${1 + (place % MACHINES_OF_A_NETWORK)}`
}
