import { type Setting, settingsOf } from './settings-of-spec.ts'

/** A setting that one of two specs has, or both: `null` where a spec does not have it. */
export type SettingChange = {
  readonly path: string
  readonly before: string | null
  readonly after: string | null
  /** The values are for nobody to read unasked. */
  readonly isSecret: boolean
}

/**
 * Two specs of a service, as they came, setting by setting. What belongs together stands together: a constraint that came
 * below one that went.
 */
export function diffSpecs(older: unknown, newer: unknown): readonly SettingChange[] {
  const before = settingsOf(older)
  const after = settingsOf(newer)
  return pathsOf(before, after).map(path => changeAt(path, before.get(path), after.get(path)))
}

const changeAt = (path: string, before: Setting | undefined, after: Setting | undefined): SettingChange => ({
  path,
  before: before?.text ?? null,
  after: after?.text ?? null,
  isSecret: (before ?? after)?.isSecret ?? false,
})

/** Settings of one kind are together, the kinds in the order of the newer spec. */
function pathsOf(before: Settings, after: Settings): readonly string[] {
  const kinds = new Set([...after.keys(), ...before.keys()].map(kindOf))
  const byKind = Map.groupBy(new Set([...before.keys(), ...after.keys()]), kindOf)
  return [...kinds].flatMap(kind => byKind.get(kind) ?? [])
}

type Settings = ReadonlyMap<string, Setting>

const kindOf = (path: string): string => path.split(' ', 1)[0] ?? path
