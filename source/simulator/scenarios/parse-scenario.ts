import { basename } from 'node:path'
import type { Complaint } from '../../yaml/complaint.ts'
import { listProblems } from '../../yaml/list-problems.ts'
import { readYaml, type YamlProblem } from '../../yaml/read-yaml.ts'
import { sayIssue } from '../../yaml/say-issue.ts'
import { checkScenario } from './check-scenario.ts'
import type { Scenario } from './scenario.ts'
import { scenarioSchema } from './schema/scenario-schema.ts'
import { toScenario } from './to-scenario.ts'

export type ParsedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly text: string }

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
  return { ok: false, text: listProblems(problems, file) }
}
