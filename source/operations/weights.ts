import type { Consequence } from './operation.ts'

/** The gravest first. */
export const byGravity = (one: Consequence, other: Consequence): number => gravity(other) - gravity(one)

const gravity = ({ weight }: Consequence): number => ['info', 'warning', 'danger'].indexOf(weight)
