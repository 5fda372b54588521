import type { AskedQuestion } from '../../source/app/acting-state.ts'
import type { Question } from '../../source/operations/operation.ts'

/** A question as it stands on the screen when nothing has been pressed yet. */
export function askedOf(question: Question, askedAt: number, change: Partial<AskedQuestion> = {}): AskedQuestion {
  const { wish, confirmation } = question
  const answer = confirmation.kind === 'enter' ? 'yes' : 'no'
  return {
    request: requestOf(wish),
    question,
    answer,
    typed: '',
    askedAt,
    base: question,
    specs: {},
    planning: null,
    offset: 0,
    ...change,
  }
}

function requestOf(wish: Question['wish']): AskedQuestion['request'] {
  switch (wish.kind) {
    case 'fault':
      return { kind: 'fault', fault: wish }
    case 'new-cluster':
      return { kind: 'new-cluster', newCluster: wish }
    case 'sequence':
      return { kind: 'sequence', sequence: wish, besides: [] }
    default:
      return { kind: 'operations', operations: [wish] }
  }
}
