import { counted } from '../rules/counted.ts'
import { danger, info, warning } from './consequence.ts'
import { explainServices } from './explain-planned-services.ts'
import type { Consequence } from './operation.ts'
import { eitherOf } from './phrases.ts'
import type { Plan } from './plan.ts'
import { ONE_MORE } from './role-consequences.ts'
import { sayAbout } from './say-about.ts'
import { sayChange, type Tolerance } from './tolerance.ts'

/**
 * A plan in sentences, for a person who has to decide: what is grave first, each service in one line. Texts contain names
 * and reasons from the cluster: untrusted.
 */
export function explainPlan(plan: Plan): readonly Consequence[] {
  const services = explainServices(plan)
  return [
    ...explainRefusals(plan),
    ...explainQuorum(plan),
    ...explainLeader(plan),
    ...services,
    ...(services.length === 0 && plan.refused.length === 0 ? [info('no task stops, starts or moves')] : []),
    ...explainEnd(plan),
    ...(plan.estimated === null ? [] : [warning(`estimated, not computed: ${plan.estimated}`)]),
  ]
}

/** Whether the managers would be too few at any time. */
export function losesQuorum(plan: Plan): boolean {
  const { before, after } = plan.quorum
  return before.canLose >= 0 && Math.min(duringOf(plan).canLose, after.canLose) < 0
}

/**
 * A plan of drains takes each drained manager for switched off meanwhile. That is another step of the person's, of which
 * the question about a drain tells in its own words.
 */
function duringOf({ operations, quorum }: Plan): Tolerance {
  return operations.some(({ kind }) => kind === 'drain') && quorum.before.members === quorum.after.members
    ? quorum.after
    : quorum.during
}

function explainRefusals({ refused, operations }: Plan): readonly Consequence[] {
  return refused.map(({ operation, text }) => {
    const left = operations.length - operations.indexOf(operation) - 1
    const rest = left > 0 ? `; ${counted(left, 'operation')} after it ${left === 1 ? 'is' : 'are'} not done` : ''
    return danger(`this will be refused for ${operation.name}: ${text}${rest}`)
  })
}

/** Where the managers stay as they are nothing need be said of them. */
function explainQuorum(plan: Plan): readonly Consequence[] {
  const { before, after } = plan.quorum
  const during = duringOf(plan)
  const least = Math.min(during.canLose, after.canLose)
  if (before.members === after.members && least >= before.canLose) return []
  const dip =
    during.canLose < Math.min(before.canLose, after.canLose) ? `, ${Math.max(0, during.canLose)} meanwhile` : ''
  const change = `${sayChange(before, after)}${dip}`
  if (losesQuorum(plan))
    return [danger(`this loses the quorum, and nothing can be changed or replaced then: ${change}`)]
  return least > 0 || after.canLose > before.canLose ? [info(change)] : [danger(`${change}${ONE_MORE}`)]
}

function explainLeader({ leader }: Plan): readonly Consequence[] {
  if (leader === null) return []
  const { from, to } = leader
  if (to === null) return [danger(`${from.name} leads, and nobody can take over`)]
  const next = eitherOf(to.map(({ name }) => name))
  return [warning(`${from.name} leads: ${next} takes over, and for some seconds the swarm may not answer`)]
}

function explainEnd({ end, moves }: Plan): readonly Consequence[] {
  const span = sayAbout(end.afterMs)
  if (end.kind === 'limit') return [warning(`not at its end after ${span}, which is as far as was looked ahead`)]
  return moves.length === 0 ? [] : [info(`all of it takes ${span}`)]
}
