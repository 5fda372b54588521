/** `api, db and 3 more`: names without repeats, in the order given, as many as fit a line. */
export function named(names: Iterable<string>): string {
  const all = [...new Set(names)]
  const shown = all.slice(0, SHOWN_NAMES)
  return all.length > shown.length ? `${shown.join(', ')} and ${all.length - shown.length} more` : shown.join(', ')
}

/** `api (2), db and 3 more`: as `named`, each name once with how often it came when that is more than once. */
export function tallied(names: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return named([...counts].map(([name, count]) => (count > 1 ? `${name} (${count})` : name)))
}

/** `w1 or w2`, `w1, w2 or w3`: where one of them is meant, and which is chance; of many how many there are. */
export function eitherOf(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  if (names.length < 2) return last
  if (names.length > SHOWN_NAMES) return `one of ${names.length} nodes (${names.slice(0, 3).join(', ')} …)`
  return `${names.slice(0, -1).join(', ')} or ${last}`
}

/** `api, db and web`: names as a sentence has them; of many the first ones and how many more. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length < 2 || names.length > SHOWN_NAMES ? named(names) : `${names.slice(0, -1).join(', ')} and ${last}`
}

const SHOWN_NAMES = 5
