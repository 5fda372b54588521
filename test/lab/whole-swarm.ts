import type { Lab } from './lab.ts'
import { type NodeState, nodeStates } from './swarm.ts'
import { waitFor } from './wait-for.ts'

export const MANAGERS: readonly string[] = ['node1', 'node2', 'node3']

/** The service that the tests look at: a task on each of the five nodes, when it is created on an empty swarm. */
export const SERVICE = { name: 'web', replicas: 5 }

export async function createService(lab: Lab): Promise<void> {
  const pace = ['--update-parallelism', '2', '--update-monitor', '1s', '--replicas', String(SERVICE.replicas)]
  const create = ['service', 'create', '--no-resolve-image', '--detach', '--name', SERVICE.name, ...pace]
  await lab.docker('node1', ...create, 'swarmtop-lab:1')
}

/**
 * Makes the swarm whole again after whatever was done to it: every machine runs, every node is ready and active, the
 * managers are those of the beginning, and the service has all its tasks.
 */
export async function mendSwarm(lab: Lab): Promise<void> {
  await Promise.all(lab.machines.filter(({ name }) => !lab.isRunning(name)).map(({ name }) => lab.start(name)))
  const nodes = await waitFor('every node to be ready', () => nodeStates(lab, 'node1'), {
    until: states => states.every(isUp),
    limitMs: 90_000,
  })
  for (const { name, availability } of nodes) {
    if (availability !== 'Active') await lab.docker('node1', 'node', 'update', '--availability', 'active', name)
  }
  const promoted = nodes.filter(({ name, manager }) => manager !== '' && !MANAGERS.includes(name))
  for (const { name } of promoted) await lab.docker('node1', 'node', 'demote', name)
  await waitFor('the service to have all its tasks', () => runningTasks(lab, 'node1'), {
    until: tasks => tasks.length === SERVICE.replicas,
  })
}

function isUp({ name, status, manager }: NodeState): boolean {
  return status === 'Ready' && (!MANAGERS.includes(name) || manager === 'Leader' || manager === 'Reachable')
}

/** Name of the manager that leads, as `machine` sees it. */
export async function leaderOf(lab: Lab, machine: string): Promise<string> {
  const leader = (await nodeStates(lab, machine)).find(({ manager }) => manager === 'Leader')
  if (leader === undefined) throw new Error(`${machine} knows no leader`)
  return leader.name
}

export type RunningTask = { readonly id: string; readonly node: string }

/** The service's tasks that run and are meant to. */
export async function runningTasks(lab: Lab, machine: string): Promise<readonly RunningTask[]> {
  const format = '{{.ID}}|{{.Node}}|{{.CurrentState}}'
  const filter = ['--filter', 'desired-state=running', '--no-trunc', '--format', format]
  const lines = (await lab.docker(machine, 'service', 'ps', SERVICE.name, ...filter)).split('\n')
  const tasks = lines.map(line => line.split('|')).filter(([, , state = '']) => state.startsWith('Running'))
  return tasks.map(([id = '', node = '']) => ({ id, node }))
}
