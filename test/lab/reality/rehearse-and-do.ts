import type { ApiReading } from '../../../source/api/info.ts'
import type { Engine } from '../../../source/engine/engine.ts'
import type { Operation } from '../../../source/operations/operation.ts'
import type { Plan } from '../../../source/operations/plan.ts'
import { rehearse } from '../../../source/rehearsal/rehearse.ts'
import type { Seen } from '../../../source/rehearsal/seen.ts'
import type { MachineAction } from '../../../source/rules/machine-action.ts'
import type { Lab } from '../lab.ts'
import { isAtRest } from './at-rest.ts'
import { type Comparison, comparePlan } from './compare.ts'
import { type Outcome, outcomeOf } from './outcome.ts'
import { engineOf, type Watch, watchSwarm } from './sights.ts'

export type Performance = {
  readonly name: string
  readonly plan: Plan
  readonly planMs: number
  readonly outcome: Outcome
  readonly comparison: Comparison
}

export type Piece = {
  readonly name: string
  readonly operations?: readonly Operation[]
  /** What befalls a machine instead. */
  readonly fault?: { readonly machine: string; readonly action: MachineAction }
  /** When to compare; at rest, unless told. */
  readonly until?: (reading: ApiReading) => boolean
  /** So long it has to stay so, since nobody tells whether something is still to come. */
  readonly forMs?: number
  /** See `comparePlan`. */
  readonly byLot?: readonly string[]
}

/** What nobody can know of an image before it has run, and here is known. */
const SEEN: Seen = {
  images: {
    'swarmtop-lab:bad': { exit: { chance: 1, afterMs: [50, 200], code: 1 } },
    'swarmtop-lab:nowhere': { isMissing: true, pullMs: [50, 200] },
  },
}

/** Reads the real swarm, plans, does what was planned, looks on until the end, and compares. `through`: the manager asked. */
export async function rehearseAndDo(lab: Lab, through: string, piece: Piece): Promise<Performance> {
  const { name, operations = [], fault, byLot } = piece
  const engine = engineOf(lab, through)
  const watch = watchSwarm(engine)
  try {
    await watch.until(`rest before ${name}`, isAtRest)
    const since = watch.sights().length - 1
    const reading = watch.sights()[since]?.reading
    if (reading === undefined) throw new Error('nothing was seen')
    const startedAt = performance.now()
    const faults = fault === undefined ? [] : [{ kind: 'machine', ...fault } as const]
    const plan = rehearse({ reading, operations, faults, seen: SEEN })
    const planMs = performance.now() - startedAt
    if (fault !== undefined) {
      await lab[fault.action](fault.machine)
      await untilEnd(watch, piece)
    }
    for (const operation of operations) {
      await perform(engine, operation)
      await untilEnd(watch, piece)
    }
    const outcome = outcomeOf(watch.sights().slice(since))
    return { name, plan, planMs, outcome, comparison: comparePlan(plan, outcome, byLot) }
  } finally {
    await watch.stop()
    engine.close()
  }
}

async function perform(engine: Engine, operation: Operation): Promise<void> {
  const answer = await engine.perform(operation, AbortSignal.timeout(45_000))
  if (!answer.ok || answer.value.kind === 'refused') {
    throw new Error(`${operation.kind} was not done: ${JSON.stringify(answer)}`)
  }
}

function untilEnd(watch: Watch, { name, until = isAtRest, forMs = 1_500 }: Piece): Promise<void> {
  return watch.until(`${name} to be over`, until, forMs)
}
