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
 * Two specs of a service, as they came, setting by setting: in the order of the newer one, and what only the older one
 * has where it stood there.
 */
export function diffSpecs(older: unknown, newer: unknown): readonly SettingChange[] {
  const before = settingsOf(older)
  const after = settingsOf(newer)
  return mergeOrders([...before.keys()], [...after.keys()]).map(path =>
    changeAt(path, before.get(path), after.get(path)),
  )
}

const changeAt = (path: string, before: Setting | undefined, after: Setting | undefined): SettingChange => ({
  path,
  before: before?.text ?? null,
  after: after?.text ?? null,
  isSecret: (before ?? after)?.isSecret ?? false,
})

/** Every path of the older one that the newer one lacks follows the one that it followed before. */
function mergeOrders(before: readonly string[], after: readonly string[]): readonly string[] {
  const kept = new Set(after)
  const followers = new Map<string, string[]>()
  let leader = ''
  for (const path of before) {
    if (kept.has(path)) leader = path
    else followers.set(leader, [...(followers.get(leader) ?? []), path])
  }
  return ['', ...after].flatMap(path => [...(path === '' ? [] : [path]), ...(followers.get(path) ?? [])])
}
