import { basename } from 'node:path'
import { checkScenario } from './check-scenario.ts'
import type { Complaint } from './complaint.ts'
import { readYaml, type YamlProblem } from './read-yaml.ts'
import { sayIssue } from './say-issue.ts'
import type { Scenario } from './scenario.ts'
import { scenarioSchema } from './schema/scenario-schema.ts'
import { toScenario } from './to-scenario.ts'

export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly text: string }

const MOST_PROBLEMS = 10

/**
 * Reads a scenario's YAML, as `schema/` describes it. `file`: its path, which the scenario is named after where it does
 * not name itself, and which leads each complaint: `file:line:column: one sentence`, a line for each of the first ten.
 */
export function parseScenario(text: string, file: string): ParsedScenario {
  const yaml = readYaml(text)
  if ('problems' in yaml) return refuse(yaml.problems, file)
  const at = ({ path, text }: Complaint): YamlProblem => ({ ...yaml.locate(path), text })

  const said = scenarioSchema.safeParse(yaml.value, { reportInput: true })
  if (!said.success) return refuse(said.error.issues.flatMap(sayIssue).map(at), file)
  const complaints = checkScenario(said.data)
  if (complaints.length > 0) return refuse(complaints.map(at), file)
  return { ok: true, scenario: toScenario(said.data, basename(file).replace(/\.ya?ml$/, '')) }
}

function refuse(problems: readonly YamlProblem[], file: string): ParsedScenario {
  const ordered = problems.toSorted((one, other) => one.line - other.line || one.column - other.column)
  const shown = ordered.slice(0, MOST_PROBLEMS)
  const lines = shown.map(({ line, column, text }) => `${file}:${line}:${column}: ${text}`)
  const rest = ordered.length - shown.length
  return { ok: false, text: [...lines, ...(rest > 0 ? [`${file}: and ${rest} more`] : [])].join('\n') }
}
