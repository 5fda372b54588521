import type { Question } from '../operations/operation.ts'
import { operationsOf, withPlan } from '../operations/with-plan.ts'
import { isLive } from '../rules/task-state.ts'
import type { Cluster } from '../swarm/cluster.ts'
import { withActing } from './acting.ts'
import type { AskedQuestion, Planning } from './acting-state.ts'
import { keepBy } from './rows/keep-by.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'

/** How long a question waits for its plan: who asks at night has to get on, plan or no plan. */
const PATIENCE_MS = 2000
/** A swarm in which something happens all the time is not planned all the time. */
const ANEW_AFTER_MS = 2000

/**
 * Has what is asked about rehearsed in a copy of the swarm, unless that is under way, or was done in a swarm like the one
 * that is there now. What was found before stays until something newer is.
 */
export function planAsked(state: State): Step {
  const asked = state.acting.question
  if (asked === null || state.reading === null) return stay(state)
  const operations = operationsOf(asked.base.wish)
  const { planning } = asked
  if (operations.length === 0 || (planning !== null && !isOutdated(planning, state))) return stay(state)
  const number = state.acting.sequence + 1
  const next: Planning = {
    number,
    begunAt: planning?.begunAt ?? state.now,
    askedAt: state.now,
    print: printOf(state.reading.cluster),
    result: planning?.result ?? null,
  }
  return {
    state: withActing(state, { sequence: number, question: { ...asked, planning: next } }),
    effects: [{ kind: 'rehearse', number, host: state.reading.host, operations }],
  }
}

function isOutdated({ number, askedAt, print }: Planning, { reading, now }: State): boolean {
  if (number !== null || now - askedAt < ANEW_AFTER_MS) return false
  return reading !== null && printOf(reading.cluster) !== print
}

/** Whether an answer has to wait for the plan: not for long. */
export function isPlanAwaited({ acting, now }: State): boolean {
  const planning = acting.question?.planning ?? null
  return planning !== null && planning.result === null && now < planning.begunAt + PATIENCE_MS
}

/** When it need not wait any longer, milliseconds since 1970; never where it does not. */
export function planAwaitedUntil(state: State): number {
  const planning = state.acting.question?.planning ?? null
  return planning === null || !isPlanAwaited(state) ? Number.POSITIVE_INFINITY : planning.begunAt + PATIENCE_MS
}

/** The question as it is to be read: with what its plan says, as soon as there is one. */
export function tellPlan(base: Question, planning: Planning | null): Question {
  return planning?.result?.kind === 'plan' ? withPlan(base, planning.result.plan) : base
}

/** Whether this answers the rehearsal that the question on the screen has asked for; answers to others come too late. */
export function awaitsPlan(
  asked: AskedQuestion | null,
  number: number,
): asked is AskedQuestion & { readonly planning: Planning } {
  return asked?.planning?.number === number
}

/** What of a swarm a plan depends on, as one text: two swarms with the same are planned alike. */
const printOf = keepBy(({ nodes, services, snapshot }: Cluster): string =>
  JSON.stringify([
    nodes.map(({ node }) => [node.id, node.version, node.state, node.manager?.reachability]),
    services.map(({ service }) => [service.id, service.version]),
    snapshot.tasks.flatMap(({ id, nodeId, state, desired }) =>
      isLive(desired) ? [`${id} ${nodeId} ${state === 'running'}`] : [],
    ),
  ]),
)
