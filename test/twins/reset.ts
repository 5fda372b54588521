import type { ApiNode } from '../../source/api/node.ts'
import { waitFor } from '../lab/wait-for.ts'
import { ask } from './ask.ts'
import { docker, runDocker } from './docker.ts'
import { gather } from './gather.ts'
import { type Reading, readSwarm } from './reading.ts'
import type { Start } from './script.ts'
import { findMachine, type Twin, type TwinMachine } from './twin.ts'

/** Makes a swarm that has been played with as the next script wants it: mended when that is enough, else made anew. */
export async function reset(twin: Twin, start: Start): Promise<void> {
  await Promise.all(twin.machines.map(({ name }) => twin.strike('heal', name)))
  await Promise.all(
    twin.machines.filter(({ name }) => !twin.isRunning(name)).map(({ name }) => twin.strike('start', name)),
  )
  const first = start.managers[0]
  const isMended = first !== undefined && (await isMendable(twin, start)) && (await mend(findMachine(twin, first)))
  if (isMended) return
  await Promise.all(twin.machines.map(leave))
  await gather(twin, start)
}

/** The same nodes in the same roles, all well, and led by whom a new swarm would be led by. */
async function isMendable(twin: Twin, { managers, workers }: Start): Promise<boolean> {
  const first = findMachine(twin, managers[0] ?? '')
  const nodes = await ask<readonly ApiNode[]>(first, '/nodes').catch(() => [])
  const isAsWanted = nodes.every(({ Description, Spec, Status, ManagerStatus }) => {
    const name = Description?.Hostname ?? ''
    const isWell = Status?.State === 'ready' && (ManagerStatus?.Leader === true) === (name === first.name)
    return isWell && (Spec?.Role === 'manager' ? managers : workers).includes(name)
  })
  return isAsWanted && nodes.length === managers.length + workers.length
}

/** Tasks of a job that was removed may stay for ever; then only a new swarm is a clean one. */
async function mend(manager: TwinMachine): Promise<boolean> {
  const { nodes, services } = await readSwarm([manager])
  if (services.length > 0) await docker(manager, 'service', 'rm', ...services.map(({ ID }) => ID))
  for (const { ID, Spec } of nodes) {
    const labels = Object.keys(Spec?.Labels ?? {}).flatMap(label => ['--label-rm', label])
    const isChanged = Spec?.Availability !== 'active' || labels.length > 0
    if (isChanged) await docker(manager, 'node', 'update', '--availability', 'active', ...labels, ID)
  }
  await docker(manager, 'swarm', 'update', '--task-history-limit', '5')
  const limits = { until: hasNoTasks, limitMs: 20_000 }
  return waitFor('the tasks to be gone', () => readSwarm([manager]), limits).then(hasNoTasks, () => false)
}

function hasNoTasks({ tasks }: Reading): boolean {
  return tasks.length === 0
}

/** Who is in no swarm is asked to leave in vain. */
async function leave(machine: TwinMachine): Promise<void> {
  await runDocker(machine, ['swarm', 'leave', '--force'])
}
