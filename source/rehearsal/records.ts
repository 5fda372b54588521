/** A table whose keys come from the cluster: `constructor` is in it only when somebody has put it there. */
export function newRecord<T>(entries: Iterable<readonly [string, T]> = []): Record<string, T> {
  const record: Record<string, T> = Object.create(null)
  for (const [key, value] of entries) record[key] = value
  return record
}

/** An ID that can be a key of any table: Swarm's are 25 digits and letters, and what is none of that names nothing. */
export const isId = (id: unknown): id is string =>
  typeof id === 'string' && /^[0-9a-z]{1,64}$/i.test(id) && !(id in Object.prototype)
