import type { Plan, PlannedMove } from '../../../source/operations/plan.ts'
import type { Outcome, SeenMove } from './outcome.ts'

/** How far a plan was right, by what was seen afterwards. */
export type Comparison = {
  /** Slots whose task was to end, to start or to give way, and did, on the node where it was. */
  readonly moves: Score
  /** Of these, tasks that came up where the plan has them, or on one of the nodes that it names; but for slots drawn by lot. */
  readonly places: Score
  /** Places for which the plan names one node and no other. */
  readonly certain: number
  /** Slots that wait for a place, with the scheduler's explanation word for word. */
  readonly reasons: Score
  /** Updates that ended as planned, and said so in the planned words. */
  readonly updates: Score
  /** Everything that was not as planned, in words. Spans of time are not among it. */
  readonly differences: readonly string[]
  readonly down: readonly DownTime[]
}

export type Score = { readonly right: number; readonly of: number }

/** Null: until somebody mends it; undefined: not at all. */
export type DownTime = {
  readonly service: string
  readonly planned: number | null | undefined
  readonly seen: number | null | undefined
}

/**
 * Lays a plan beside what came. `byLot`: services of which Swarm draws the slots that it begins with, so that nobody can
 * say which of them has which fate, only how many have it. So it is too among tasks of which the plan says that any may
 * be the one that waits.
 */
export function comparePlan(plan: Plan, outcome: Outcome, byLot: readonly string[] = []): Comparison {
  const callOf = ({ task }: { readonly task: string }): string => {
    const service = task.slice(0, task.lastIndexOf('.'))
    const { among = [] } = plan.unplaced.find(wait => wait.among.includes(task)) ?? {}
    if (byLot.includes(service)) return `one of ${service}`
    return among.length > 1 ? `one of ${among.join(', ')}` : task
  }
  const sayMove = (move: PlannedMove | SeenMove): string => {
    const isKnown = callOf(move) === move.task && move.from !== null
    return `${callOf(move)} ${move.fate}${isKnown ? ` from ${move.from.name}` : ''}`
  }
  const sayWait = (wait: { readonly task: string; readonly reason: string }): string =>
    `${callOf(wait)} waits: ${wait.reason}`
  const sayUpdate = (update: { readonly service: string; readonly state: string; readonly message: string }): string =>
    `${update.service} ${stateOf(update.state)}: ${withoutTask(update.message)}`

  const moves = lay(plan.moves.map(sayMove), outcome.moves.map(sayMove))
  const reasons = lay(plan.unplaced.map(sayWait), outcome.unplaced.map(sayWait))
  const updates = lay(plan.updates.map(sayUpdate), outcome.updates.map(sayUpdate))
  const places = outcome.moves.flatMap(seen => placeOf(plan, seen, sayMove) ?? [])
  return {
    moves: moves.score,
    places: { right: places.filter(({ problem }) => problem === null).length, of: places.length },
    certain: places.filter(({ isCertain }) => isCertain).length,
    reasons: reasons.score,
    updates: updates.score,
    differences: [
      ...moves.differences,
      ...places.flatMap(({ problem }) => problem ?? []),
      ...reasons.differences,
      ...updates.differences,
      ...quorumDifference('before', plan, outcome),
      ...quorumDifference('after', plan, outcome),
      ...leaderDifference(plan, outcome),
    ],
    down: downTimes(plan, outcome),
  }
}

function lay(planned: readonly string[], seen: readonly string[]) {
  const left = [...planned]
  const surprises = seen.filter(text => {
    const index = left.indexOf(text)
    if (index >= 0) left.splice(index, 1)
    return index < 0
  })
  return {
    score: { right: seen.length - surprises.length, of: seen.length + left.length },
    differences: [...left.map(text => `planned only: ${text}`), ...surprises.map(text => `seen only: ${text}`)],
  }
}

/** Null where nothing came up, or where it was not foreseen to, which has been told of already. */
function placeOf(plan: Plan, seen: SeenMove, say: (move: PlannedMove | SeenMove) => string) {
  const planned = plan.moves.find(move => move.task === seen.task && say(move) === say(seen))
  if (seen.to === null || planned === undefined) return null
  const names = (planned.to ?? []).map(({ name }) => name)
  const problem = `${seen.task} came up on ${seen.to.name}, planned on ${names.join(', ')}`
  return { isCertain: names.length === 1, problem: names.includes(seen.to.name) ? null : problem }
}

function quorumDifference(when: 'before' | 'after', plan: Plan, outcome: Outcome): readonly string[] {
  const [planned, seen] = [plan.quorum[when], outcome.quorum[when]]
  const isSame = planned.members === seen.members && planned.reachable === seen.reachable
  return isSame ? [] : [`quorum ${when}: planned ${JSON.stringify(planned)}, seen ${JSON.stringify(seen)}`]
}

function leaderDifference(plan: Plan, { leader: { before, after } }: Outcome): readonly string[] {
  const planned = plan.leader?.to?.map(({ name }) => name) ?? [before]
  return planned.includes(after) ? [] : [`${after} leads in the end, planned: ${planned.join(', ')}`]
}

function downTimes(plan: Plan, outcome: Outcome): readonly DownTime[] {
  const services = [...new Set([...plan.gaps, ...outcome.gaps].map(({ service }) => service))].toSorted()
  return services.map(service => ({
    service,
    planned: plan.gaps.find(gap => gap.service === service)?.forMs,
    seen: outcome.gaps.find(gap => gap.service === service)?.forMs,
  }))
}

/** What goes on in the end has no word of its own in the swarm. */
function stateOf(state: string): string {
  return state === 'updating' || state === 'rollback_started' ? 'unfinished' : state
}

/** A task that was made since is known by its ID to the one, and by its name to the other. */
function withoutTask(message: string): string {
  return message.replace(/ of task \S+$/, ' of a task')
}
