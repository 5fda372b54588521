import assert from 'node:assert/strict'
import type { ApiNode } from '../../source/api/node.ts'
import type { SimulatedSwarm } from './simulated-swarm.ts'

/** What `docker node ls` shows of each node through this machine: `ready leader`, `down unreachable`, `ready`. */
export function listNodes(swarm: SimulatedSwarm, machine = 'node1'): Readonly<Record<string, string>> {
  const { status, value, body } = swarm.call('GET', '/nodes', undefined, machine)
  assert.equal(status, 200, body)
  const rows = (value as readonly ApiNode[]).map(({ Description, Status, ManagerStatus }) => {
    const part = ManagerStatus?.Leader === true ? 'leader' : (ManagerStatus?.Reachability ?? '')
    return [Description?.Hostname ?? '', `${Status?.State} ${part}`.trim()] as const
  })
  return Object.fromEntries(rows.toSorted(([one], [other]) => (one < other ? -1 : 1)))
}

/** The machine that leads, whatever anybody knows of it; `''` while none does. */
export function leaderOf(swarm: SimulatedSwarm): string {
  const [{ raft, nodes } = assert.fail('There is no swarm')] = Object.values(swarm.simulator.world.swarms)
  return nodes[raft.leader]?.description.hostname ?? ''
}

/** Lets time pass until this is so, and says how many seconds that took; gives up after ten minutes. */
export function secondsUntil(swarm: SimulatedSwarm, isSo: () => boolean): number {
  for (let ms = 0; ms < 600_000; ms += 100) {
    if (isSo()) return ms / 1_000
    swarm.pass(100)
  }
  return assert.fail('This never comes')
}
