import type { ApiReading } from '../../source/api/info.ts'
import { askQuestion } from '../../source/operations/ask-question.ts'
import type { Confirmation, Operation } from '../../source/operations/operation.ts'
import { clusterOf, wellReading } from './cluster-builders.ts'

/** The question as a person reads it: `!!` danger, `!` warning, and the answer that Enter gives or what has to be typed. */
export function readQuestion(operation: Operation, words: Partial<ApiReading> = wellReading): readonly string[] {
  const { title, consequences, confirmation } = askQuestion(operation, clusterOf(words))
  const marks = { info: '', warning: '! ', danger: '!! ' }
  return [title, ...consequences.map(({ weight, text }) => `${marks[weight]}${text}`), sayConfirmation(confirmation)]
}

function sayConfirmation(confirmation: Confirmation): string {
  if (confirmation.kind === 'type') return `type: ${confirmation.name}`
  return confirmation.kind === 'enter' ? 'Enter: yes' : 'Enter: no'
}
