import type { ApiReading } from '../../source/api/info.ts'
import { askQuestion } from '../../source/operations/ask-question.ts'
import type { Operation } from '../../source/operations/operation.ts'
import { clusterOf, wellReading } from './cluster-builders.ts'

/** The question as a person reads it: `!!` danger, `!` warning, and the answer that Enter gives. */
export function readQuestion(operation: Operation, words: Partial<ApiReading> = wellReading): readonly string[] {
  const { title, consequences, defaultAnswer } = askQuestion(operation, clusterOf(words))
  const marks = { info: '', warning: '! ', danger: '!! ' }
  return [title, ...consequences.map(({ weight, text }) => `${marks[weight]}${text}`), `Enter: ${defaultAnswer}`]
}
