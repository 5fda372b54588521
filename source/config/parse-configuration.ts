import { BINDINGS } from '../app/keys.ts'
import type { Complaint } from '../yaml/complaint.ts'
import { listProblems } from '../yaml/list-problems.ts'
import { readYaml, type YamlProblem } from '../yaml/read-yaml.ts'
import { sayIssue } from '../yaml/say-issue.ts'
import { checkConfiguration } from './check-configuration.ts'
import type { Configuration } from './configuration.ts'
import { type ConfigurationText, configurationSchema } from './configuration-schema.ts'
import { rebind } from './rebind.ts'

export type ParsedConfiguration =
  | { readonly ok: true; readonly configuration: Configuration }
  | { readonly ok: false; readonly text: string }

/**
 * Reads a configuration's YAML. `file`: its path, which leads each complaint: `file:line:column: one sentence`. A file
 * of comments alone says nothing, and that is right.
 */
export function parseConfiguration(text: string, file: string): ParsedConfiguration {
  const yaml = readYaml(text)
  if ('problems' in yaml) return refuse(yaml.problems, file)
  const at = ({ path, text }: Complaint): YamlProblem => ({ ...yaml.locate(path), text })

  const said = configurationSchema.safeParse(yaml.value === '' ? {} : yaml.value, { reportInput: true })
  if (!said.success) return refuse(said.error.issues.flatMap(sayIssue).map(at), file)
  const complaints = checkConfiguration(said.data)
  if (complaints.length > 0) return refuse(complaints.map(at), file)
  return { ok: true, configuration: toConfiguration(said.data) }
}

function refuse(problems: readonly YamlProblem[], file: string): ParsedConfiguration {
  return { ok: false, text: listProblems(problems, file) }
}

function toConfiguration({ keys, columns, ...text }: ConfigurationText): Configuration {
  return withoutMissing({
    intervalMs: text.interval,
    theme: text.theme,
    screen: text.screen,
    timeZone: text.time,
    zoneLabel: text['zone-label'],
    hasBell: text.bell,
    hasMouse: text.mouse,
    columns: Object.keys(columns).length === 0 ? undefined : columns,
    bindings: Object.keys(keys).length === 0 ? undefined : rebind(BINDINGS, keys),
    isReadOnly: text['read-only'],
    isAscii: text.ascii,
    hasColour: text.color,
  })
}

type WithMissing<T> = { readonly [K in keyof T]-?: T[K] | undefined }

/** Who puts usual settings below these must not have them covered with nothing. */
function withoutMissing(given: WithMissing<Configuration>): Configuration {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Configuration
}
