import type { PlannedGap } from '../operations/plan.ts'
import { compareNaturally } from '../rules/natural-order.ts'
import { tasksOfService } from '../simulator/world/store.ts'
import { isLive, slotKey } from '../simulator/world/task.ts'
import type { Run } from './run.ts'
import { isLooping } from './settled.ts'
import type { Tally } from './tally.ts'
import type { Runs } from './tell-slots.ts'

/** Services with too few for a while, or for good; the longest first. What would be missing anyway is left out. */
export function tellGaps(runs: Runs, alone: Run | null): readonly PlannedGap[] {
  const [run] = runs
  const gaps = [...run.tallies.values()].flatMap((tally): readonly PlannedGap[] => {
    const others = runs.map(({ tallies }) => tallies.get(tally.serviceId)?.lowest ?? tally.lowest)
    const gap = { ...tally, lowest: Math.min(tally.running, ...others), isForGood: staysShort(run, tally) }
    const same = alone?.tallies.get(tally.serviceId)
    if ((gap.gapFrom === null && !gap.isForGood) || isThereAnyway(gap, alone, same)) return []
    const { serviceId, service, desired, lowest, gapFrom, gapUntil, isForGood } = gap
    const forMs = isForGood || gapFrom === null || gapUntil === null ? null : gapUntil - gapFrom
    return [{ serviceId, service: service.spec.Name ?? '', desired, lowest, forMs }]
  })
  return gaps.toSorted((one, other) => lengthOf(other) - lengthOf(one) || compareNaturally(one.service, other.service))
}

/** In the end fewer run than should, or one of them only until it fails again. */
function staysShort({ copy, failures }: Run, { serviceId, running, desired }: Tally): boolean {
  if (running < desired || failures.size === 0) return running < desired
  const slots = Map.groupBy(tasksOfService(copy.swarm, serviceId).filter(isLive), slotKey)
  return [...slots.values()].some(tasks => tasks.every(task => isLooping(failures, task)))
}

/** As much is missing where nobody does anything: for good, or for a while. */
function isThereAnyway(
  gap: Tally & { readonly isForGood: boolean },
  alone: Run | null,
  same: Tally | undefined,
): boolean {
  const { running, desired, lowest } =
    alone === null || same === undefined ? { ...gap.atFirst, lowest: gap.atFirst.running } : same
  if (desired !== gap.desired) return false
  if (!gap.isForGood) return lowest <= gap.lowest
  const isShort = alone === null || same === undefined ? running < desired : staysShort(alone, same)
  return isShort && running <= gap.running
}

const lengthOf = ({ forMs }: PlannedGap): number => forMs ?? Number.POSITIVE_INFINITY
