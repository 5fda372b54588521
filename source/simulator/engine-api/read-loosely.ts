import type { Call } from './call.ts'

/** A flag of the older kind: anything is true but a few words. Source: moby/moby api/server/httputils/form.go (BoolValue) */
export function readLoosely({ query }: Pick<Call, 'query'>, name: string): boolean {
  const text = (query.get(name) ?? '').trim().toLowerCase()
  return !['', '0', 'no', 'false', 'none'].includes(text)
}
