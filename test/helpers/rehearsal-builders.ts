import type { ApiReading } from '../../source/api/info.ts'
import type { Operation } from '../../source/operations/operation.ts'
import type { Plan, PlannedMove } from '../../source/operations/plan.ts'
import { type Rehearsal, rehearse } from '../../source/rehearsal/rehearse.ts'
import type { SimulatedSwarm } from './simulated-swarm.ts'

/** What a dashboard would read of this swarm now. */
export function readingOf(swarm: SimulatedSwarm): ApiReading {
  const info = swarm.call('GET', '/info').value as ApiReading['info']
  const version = swarm.call('GET', '/version').value as ApiReading['version']
  return { info, version, nodes: swarm.nodes(), services: swarm.services(), tasks: swarm.tasks() }
}

export function rehearseOn(
  swarm: SimulatedSwarm,
  operations: readonly Operation[],
  more: Partial<Omit<Rehearsal, 'reading' | 'operations'>> = {},
): Plan {
  return rehearse({ reading: readingOf(swarm), operations, ...more })
}

type NodeKind = 'drain' | 'activate' | 'pause' | 'promote' | 'demote'

export function onNode(swarm: SimulatedSwarm, kind: NodeKind, name: string): Operation {
  return { kind, name, nodeId: nodeIdIn(swarm, name) }
}

export function forceUpdate(swarm: SimulatedSwarm, name: string): Operation {
  return { kind: 'force-update', name, serviceId: serviceIdIn(swarm, name) }
}

export function scale(swarm: SimulatedSwarm, name: string, replicas: number): Operation {
  return { kind: 'scale', name, serviceId: serviceIdIn(swarm, name), replicas }
}

export function changeImage(swarm: SimulatedSwarm, name: string, image: string): Operation {
  return { kind: 'change-image', name, serviceId: serviceIdIn(swarm, name), image }
}

export function nodeIdIn(swarm: SimulatedSwarm, name: string): string {
  return swarm.nodes().find(({ Description }) => Description?.Hostname === name)?.ID ?? ''
}

export function serviceIdIn(swarm: SimulatedSwarm, name: string): string {
  return swarm.services().find(({ Spec }) => Spec?.Name === name)?.ID ?? ''
}

/** `api.1 moves node1 → node2 or node3`. */
export function sayMove({ task, fate, from, to }: PlannedMove): string {
  const places = (to ?? []).map(({ name }) => name).join(' or ')
  return [task, fate, from?.name ?? '', ...(to === null ? [] : ['→', places])].filter(word => word !== '').join(' ')
}

export const sayMoves = ({ moves }: Plan): readonly string[] => moves.map(sayMove)

/** `api 3 of 4 for 2 s`; `for good` where it does not end. */
export const sayGaps = ({ gaps }: Plan): readonly string[] =>
  gaps.map(
    ({ service, lowest, desired, forMs }) =>
      `${service} ${lowest} of ${desired} ${forMs === null ? 'for good' : `for ${Math.round(forMs / 1_000)} s`}`,
  )

export const sayUnplaced = ({ unplaced }: Plan): readonly string[] =>
  unplaced.map(({ task, reason }) => `${task}: ${reason}`)

export const sayUpdates = ({ updates }: Plan): readonly string[] =>
  updates.map(({ service, state, message }) => `${service} ${state}: ${message}`)
