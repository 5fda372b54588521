import type {
  Plan,
  PlannedGap,
  PlannedMove,
  PlannedNode,
  PlannedUpdate,
  PlannedWait,
} from '../../source/operations/plan.ts'
import { toleranceOf } from '../../source/operations/tolerance.ts'
import { nodeIdOf, serviceIdOf } from './api-builders.ts'

/** A plan of something that moves nothing, among three managers, unless the words say otherwise. */
export function planOf(words: Partial<Plan> = {}): Plan {
  const three = toleranceOf(3, 3)
  return {
    operations: [],
    moves: [],
    unplaced: [],
    gaps: [],
    updates: [],
    quorum: { before: three, during: three, after: three },
    leader: null,
    refused: [],
    end: { kind: 'converged', afterMs: 12_000 },
    estimated: null,
    ...words,
  }
}

/** `move('api.3', 'w1', 'w2', 'w3')`: from w1 to one of the others, which is chance. */
export function move(task: string, from: string, ...to: string[]): PlannedMove {
  return { ...place(task), fate: 'moves', from: node(from), to: nodes(to), among: [task] }
}

export const start = (task: string, ...to: string[]): PlannedMove => ({
  ...place(task),
  fate: 'starts',
  from: null,
  to: nodes(to),
  among: [task],
})

/** What is meant to end on a node, or is lost there. */
export const stop = (fate: 'ends' | 'lost', task: string, from: string): PlannedMove => ({
  ...place(task),
  fate,
  from: node(from),
  to: null,
  among: [task],
})

export const wait = (task: string, reason: string): PlannedWait => ({ ...place(task), reason, among: [task] })

export const gap = (service: string, lowest: number, desired: number, forMs: number | null): PlannedGap => ({
  serviceId: serviceIdOf(service),
  service,
  desired,
  lowest,
  forMs,
})

export const update = (service: string, state: PlannedUpdate['state'], message = ''): PlannedUpdate => ({
  serviceId: serviceIdOf(service),
  service,
  state,
  message,
})

function place(task: string) {
  const dot = task.lastIndexOf('.')
  const service = task.slice(0, dot)
  return { serviceId: serviceIdOf(service), service, slot: task.slice(dot + 1), task }
}

export const node = (name: string): PlannedNode => ({ nodeId: nodeIdOf(name), name })

function nodes(names: readonly string[]): PlannedMove['to'] {
  const [first, ...others] = names.map(node)
  return first === undefined ? null : [first, ...others]
}
