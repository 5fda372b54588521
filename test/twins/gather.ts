import type { ApiNode } from '../../source/api/node.ts'
import { waitFor } from '../lab/wait-for.ts'
import { ask } from './ask.ts'
import { docker } from './docker.ts'
import type { Start } from './script.ts'
import { findMachine, type Twin } from './twin.ts'

/** Makes a swarm of machines that are in none. */
export async function gather(twin: Twin, { managers, workers }: Start): Promise<void> {
  const [first, ...others] = managers.map(name => findMachine(twin, name))
  if (first === undefined) return
  await docker(first, 'swarm', 'init', '--advertise-addr', first.address)
  const join = async (machine: ReturnType<typeof findMachine>, role: string): Promise<string> => {
    const token = await docker(first, 'swarm', 'join-token', '--quiet', role)
    return docker(machine, 'swarm', 'join', '--token', token, first.address)
  }
  await Promise.all(workers.map(name => join(findMachine(twin, name), 'worker')))
  for (const machine of others) await join(machine, 'manager')
  await waitFor('every node to be ready', () => ask<readonly ApiNode[]>(first, '/nodes'), {
    until: nodes =>
      nodes.length === managers.length + workers.length &&
      nodes.every(({ Status }) => Status?.State === 'ready') &&
      nodes.filter(({ ManagerStatus }) => ManagerStatus?.Reachability === 'reachable').length === managers.length,
  })
}
