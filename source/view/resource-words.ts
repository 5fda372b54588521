import { findResource } from '../app/resources.ts'
import type { State } from '../app/state.ts'
import { shortAge } from '../rules/short-age.ts'
import { explainProblem } from '../swarm/explain-problem.ts'
import type { Problem } from '../swarm/problem.ts'
import type { ResourceRef } from '../swarm/resource-ref.ts'
import { type Row, span, wrapText } from './row.ts'
import { DANGER, glyphsOf, type Looks, QUIET, WARNING } from './theme.ts'

/** How it stands with what is read for a screen besides the reading. */
export type ResourceWords = {
  /** Said where there are no rows and that means nothing yet; null once there is an answer. */
  readonly waiting: string | null
  /** How old the answer is, where it is no longer fresh. */
  readonly age: Row
  /** Why it could not be read, in full. */
  readonly problem: readonly Row[]
}

/** `width`: of the lines in which a problem is told. */
export function resourceWords(state: State, ref: ResourceRef, width: number, looks: Looks): ResourceWords {
  const { readAt = null, problem = null } = findResource(state, ref) ?? {}
  const age = readAt === null ? 0 : state.now - readAt
  const { warning } = glyphsOf(looks)
  const said = problem === null ? '' : `${warning} ${sayProblem(problem)}`
  return {
    waiting: readAt !== null ? null : problem === null ? 'reading…' : 'nothing is known: it could not be read',
    age: age < OLD_AFTER_MS ? [] : [span(`read ${shortAge(age)} ago`, problem === null ? QUIET : WARNING)],
    problem:
      said === ''
        ? []
        : wrapText(said, width, looks)
            .slice(0, MOST_PROBLEM_ROWS)
            .map(line => [span(line, DANGER)]),
  }
}

const sayProblem = (problem: Problem): string =>
  problem.kind === 'http' && problem.status === 404
    ? `It is gone: ${problem.message}`
    : `Not read: ${explainProblem(problem)}`

/** Three times as long as an answer is good while it is looked at. */
const OLD_AFTER_MS = 15_000
const MOST_PROBLEM_ROWS = 3
