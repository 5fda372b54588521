import type { Lab } from './lab.ts'
import { waitFor } from './wait-for.ts'

/** Makes one swarm of all machines; the first `managers` of them are managers, `node1` leads. */
export async function formSwarm(lab: Lab, managers: number): Promise<void> {
  const [first, ...others] = lab.machines
  if (first === undefined) throw new Error('a swarm needs a machine')
  await lab.docker(first.name, 'swarm', 'init', '--advertise-addr', first.address)
  const join = async (machine: string, role: string): Promise<string> => {
    const token = await lab.docker(first.name, 'swarm', 'join-token', '--quiet', role)
    return lab.docker(machine, 'swarm', 'join', '--token', token, first.address)
  }
  const workers = others.slice(managers - 1)
  await Promise.all(workers.map(machine => join(machine.name, 'worker')))
  for (const machine of others.slice(0, managers - 1)) await join(machine.name, 'manager')
  await waitFor('every node to be ready', () => nodeStates(lab, first.name), {
    until: states =>
      states.length === lab.machines.length &&
      states.every(state => state.status === 'Ready') &&
      states.filter(state => state.manager === 'Leader' || state.manager === 'Reachable').length === managers,
  })
}

export type NodeState = {
  readonly name: string
  readonly status: string
  readonly availability: string
  /** `Leader`, `Reachable`, `Unreachable`, or `''` for a worker. */
  readonly manager: string
}

/** What `docker node ls` says on this machine, by host name. */
export async function nodeStates(lab: Lab, machine: string): Promise<readonly NodeState[]> {
  const format = '{{.Hostname}}|{{.Status}}|{{.Availability}}|{{.ManagerStatus}}'
  const lines = (await lab.docker(machine, 'node', 'ls', '--format', format)).split('\n').sort()
  return lines.map(line => {
    const [name = '', status = '', availability = '', manager = ''] = line.split('|')
    return { name, status, availability, manager }
  })
}

/** The state of one node as `docker node ls` on `machine` says it. */
export async function nodeState(lab: Lab, machine: string, name: string): Promise<NodeState | undefined> {
  return (await nodeStates(lab, machine)).find(state => state.name === name)
}
