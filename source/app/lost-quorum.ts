import type { ApiMachine } from '../api/simulation.ts'
import type { State } from './state.ts'

/** Whether the engine answers and its swarm has said that there is no leader to be had. */
export function isQuorumLost({ polling, reading }: State): boolean {
  const { link } = polling
  return link.kind === 'no-leader' && link.phase === 'no-quorum' && reading !== null
}

/** A manager of a simulated swarm and the machine behind it. */
export type MachineOfManager = {
  readonly nodeId: string
  readonly name: string
  readonly machine: string
  readonly address: string
  readonly state: 'up' | 'booting' | 'off' | 'cut'
}

/**
 * The managers as they were last read, by whether their machines are up and in touch now: the simulation knows what a swarm
 * without a leader cannot tell. None in a real swarm.
 */
export function managersOf({ simulation, reading }: State): {
  readonly present: readonly MachineOfManager[]
  readonly absent: readonly MachineOfManager[]
} {
  const machines = simulation?.seen?.machines ?? []
  const managers = (reading?.cluster.quorum.members ?? []).flatMap(({ nodeId, name }) => {
    const hostname = reading?.cluster.nodeById.get(nodeId)?.node.hostname
    const machine = machines.find(candidate => candidate.name === hostname)
    if (machine === undefined) return []
    return [{ nodeId, name, machine: machine.name, address: machine.address, state: stateOf(machine) }]
  })
  return {
    present: managers.filter(({ state }) => state === 'up'),
    absent: managers.filter(({ state }) => state !== 'up'),
  }
}

function stateOf({ power, isCut }: ApiMachine): MachineOfManager['state'] {
  if (power !== 'on') return power
  return isCut ? 'cut' : 'up'
}
