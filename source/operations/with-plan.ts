import { confirmationOf, graver } from './confirmation.ts'
import { explainPlan } from './explain-plan.ts'
import type { Operation, Question, Wish } from './operation.ts'
import type { Plan } from './plan.ts'
import { byGravity } from './weights.ts'

/**
 * A question with what a plan of it says: that takes the place of what could only be guessed before, and can make the
 * question graver, never less so.
 */
export function withPlan(question: Question, plan: Plan): Question {
  const known = question.consequences.filter(({ isGuess }) => isGuess !== true)
  const consequences = [...known, ...explainPlan(plan)].toSorted(byGravity)
  const confirmation = graver(question.confirmation, confirmationOf(operationsOf(question.wish), consequences, plan))
  return { ...question, consequences, confirmation }
}

/** What the swarm would be asked for, in order; nothing for what happens to a machine. */
export function operationsOf(wish: Wish): readonly Operation[] {
  switch (wish.kind) {
    case 'fault':
    case 'new-cluster':
      return []
    case 'sequence':
      return wish.operations
    default:
      return [wish]
  }
}
