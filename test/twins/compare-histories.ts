import type { Deviation } from './differ.ts'
import type { Passed, TaskHistory } from './watch.ts'

/** All tasks that one slot ever had, in their order. */
type SlotHistory = { readonly name: string; readonly tasks: readonly TaskHistory[] }

/**
 * Compares what the tasks went through. Which slot had which fate is chance, so each slot of the lab needs one of the
 * simulator that went the same way.
 */
export function compareHistories(lab: readonly TaskHistory[], simulator: readonly TaskHistory[]): readonly Deviation[] {
  const [ours, theirs] = [bySlot(lab), bySlot(simulator)]
  const partners = pairUp(ours, theirs, wentTheSameWay)
  const alone = ours.filter((_, index) => !partners.has(index))
  const left = theirs.filter((_, index) => ![...partners.values()].includes(index))
  return Array.from({ length: Math.max(alone.length, left.length) }, (_, index) => ({
    path: 'slots',
    lab: say(alone[index]),
    simulator: say(left[index]),
  }))
}

function bySlot(histories: readonly TaskHistory[]): readonly SlotHistory[] {
  const slots = Map.groupBy(histories, ({ service, slot }) => `${service}.${slot}`)
  return [...slots].map(([name, tasks]) => {
    return { name, tasks: tasks.toSorted((one, other) => one.createdAt.localeCompare(other.createdAt)) }
  })
}

function wentTheSameWay(one: SlotHistory, other: SlotHistory): boolean {
  const isSameService = one.tasks[0]?.service === other.tasks[0]?.service
  return (
    isSameService &&
    one.tasks.length === other.tasks.length &&
    one.tasks.every((task, index) => isSameWay(task, other.tasks[index]))
  )
}

/**
 * The same order and the same end. A look that only one of the two shows may have been missed by the other's polling,
 * unless it lasted.
 */
export function isSameWay(one: TaskHistory, other: TaskHistory | undefined): boolean {
  if (other === undefined || one.image !== other.image) return false
  const [ways, otherWays] = [one.passed.map(({ as }) => as), other.passed.map(({ as }) => as)]
  const common = ways.filter(as => otherWays.includes(as))
  const isSameOrder = common.join() === otherWays.filter(as => ways.includes(as)).join()
  const isMissing = (ways: readonly string[]) => (passed: Passed) => hasLasted(passed) && !ways.includes(passed.as)
  const isComplete = !one.passed.some(isMissing(otherWays)) && !other.passed.some(isMissing(ways))
  return isSameOrder && isComplete && endOf(ways) === endOf(otherWays)
}

/** A task that is to be removed is so as soon as it has stopped, and may be gone before anybody looks. */
function endOf(ways: readonly string[]): string | undefined {
  return ways.findLast(as => !as.startsWith('remove/'))
}

/** How long an agent takes for its work is a matter of the machine, not of Swarm. */
const AT_WORK = ['assigned', 'accepted', 'preparing', 'starting']
const LASTING_SECONDS = 1.5

function hasLasted({ as, seconds }: Passed): boolean {
  return seconds >= LASTING_SECONDS && !AT_WORK.some(state => as.endsWith(`/${state}`))
}

/** Finds as many pairs as can be, by augmenting paths: a pair may part where both then find another partner. */
function pairUp<T>(ones: readonly T[], others: readonly T[], fit: (one: T, other: T) => boolean): Map<number, number> {
  const takenBy = new Map<number, number>()
  const findPartner = (one: number, asked: Set<number>): boolean =>
    others.some((other, index) => {
      const wanted = ones[one]
      if (asked.has(index) || wanted === undefined || !fit(wanted, other)) return false
      asked.add(index)
      const rival = takenBy.get(index)
      if (rival !== undefined && !findPartner(rival, asked)) return false
      takenBy.set(index, one)
      return true
    })
  for (const one of ones.keys()) findPartner(one, new Set())
  return new Map([...takenBy].map(([other, one]) => [one, other]))
}

function say(slot: SlotHistory | undefined): string | undefined {
  const tasks = slot?.tasks.map(({ image, passed }) => {
    return `${image}: ${passed.map(({ as, seconds }) => `${as} ${seconds} s`).join(', ')}`
  })
  return slot && [slot.name, ...(tasks ?? [])].join('\n  ')
}
