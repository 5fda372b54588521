import type { Consequence } from './operation.ts'

export const info = (text: string): Consequence => ({ weight: 'info', text })
export const warning = (text: string): Consequence => ({ weight: 'warning', text })
export const danger = (text: string): Consequence => ({ weight: 'danger', text })

/** What is so whatever it is done to, and said last. */
export const remark = (text: string): Consequence => ({ weight: 'info', text, isRemark: true })

/** The same, until a plan knows better. */
export const guess = (consequence: Consequence): Consequence => ({ ...consequence, isGuess: true })
