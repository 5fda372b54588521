import type { YamlProblem } from './read-yaml.ts'

const MOST_PROBLEMS = 10

/** `file:line:column: one sentence`, a line for each of the first ten problems, in the order of the file. */
export function listProblems(problems: readonly YamlProblem[], file: string): string {
  const ordered = problems.toSorted((one, other) => one.line - other.line || one.column - other.column)
  const shown = ordered.slice(0, MOST_PROBLEMS)
  const lines = shown.map(({ line, column, text }) => `${file}:${line}:${column}: ${text}`)
  const rest = ordered.length - shown.length
  return [...lines, ...(rest > 0 ? [`${file}: and ${rest} more`] : [])].join('\n')
}
