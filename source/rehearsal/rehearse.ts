import type { ApiReading } from '../api/info.ts'
import type { Operation } from '../operations/operation.ts'
import type { Plan } from '../operations/plan.ts'
import type { Fault } from '../simulator/fault.ts'
import { isLive, slotKey } from '../simulator/world/task.ts'
import { copySwarm } from './copy-swarm.ts'
import { type Limits, type Run, runOperations } from './run.ts'
import type { Seen } from './seen.ts'
import { tellPlan } from './tell-plan.ts'

export type Rehearsal = {
  /** The raw answers of a manager. Untrusted: what is missing or odd is presumed to be as usual. */
  readonly reading: ApiReading
  readonly operations: readonly Operation[]
  readonly seen?: Seen
  /** What happens to machines beforehand; they are called as their nodes are. */
  readonly faults?: readonly Fault[]
  readonly limits?: Partial<Limits>
}

/** A day, and what happens when several thousand tasks are renewed. */
const LIMITS: Limits = { simulatedMs: 24 * 60 * 60_000, steps: 100_000 }
const FIRST_SEED = 1

/**
 * What operations would move: the swarm as read is copied, they are done in the copy one after the other as an engine is
 * asked for them, and its time goes on until all has come to rest. Chance falls in several ways, and what is then not the
 * same is told as a choice. What would have happened without them is left out. The same input gives the same plan.
 */
export function rehearse(rehearsal: Rehearsal): Plan {
  const first = runWith(rehearsal, FIRST_SEED)
  const others = first.copy.world.lots?.hasDrawn ? runOtherwise(rehearsal, first) : []
  const alone = first.copy.isAtRest ? null : runAlone(rehearsal, first.copy.world.now)
  return tellPlan(rehearsal.reading, rehearsal.operations, [first, ...others], alone)
}

/** With other seeds, until several in a row have brought nothing new. */
function runOtherwise(rehearsal: Rehearsal, first: Run): readonly Run[] {
  const { most, inVain } = patienceFor(rehearsal.reading)
  const known = new Set(outcomesOf(first))
  const runs: Run[] = []
  for (let vain = 0; runs.length < most && vain < inVain; ) {
    const run = runWith(rehearsal, FIRST_SEED + 1 + runs.length)
    const before = known.size
    for (const outcome of outcomesOf(run)) known.add(outcome)
    vain = known.size > before ? 0 : vain + 1
    runs.push(run)
  }
  return runs
}

/** Where a swarm is large, what may be chosen is noted with each choice, and seldom does one depend on another. */
function patienceFor({ nodes, tasks }: ApiReading): { readonly most: number; readonly inVain: number } {
  const size = nodes.length + tasks.length
  if (size <= 200) return { most: 60, inVain: 15 }
  return size <= 1_000 ? { most: 8, inVain: 4 } : { most: 0, inVain: 0 }
}

/** Each place that a slot may have come to, or that it has none. */
function* outcomesOf({ copy, choices }: Run): Generator<string> {
  for (const task of Object.values(copy.swarm.tasks)) {
    if (!isLive(task) || task === copy.first.tasks[task.id]) continue
    for (const nodeId of [task.nodeId, ...(choices.get(task.id) ?? [])]) yield `${slotKey(task)} ${nodeId}`
  }
}

function runWith({ reading, operations, seen = {}, faults = [], limits }: Rehearsal, seed: number): Run {
  return runOperations(copySwarm(reading, seen, seed), operations, faults, { ...LIMITS, ...limits })
}

/** The same time without operations. */
function runAlone({ reading, seen = {}, limits }: Rehearsal, until: number): Run {
  return runOperations(copySwarm(reading, seen, FIRST_SEED), [], [], { ...LIMITS, ...limits }, until)
}
