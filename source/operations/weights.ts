import type { Consequence } from './operation.ts'

/** The gravest first, remarks last. */
export const byGravity = (one: Consequence, other: Consequence): number => gravity(other) - gravity(one)

const gravity = ({ weight, isRemark }: Consequence): number =>
  isRemark === true ? -1 : ['info', 'warning', 'danger'].indexOf(weight)
