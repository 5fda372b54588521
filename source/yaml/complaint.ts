import { closest } from '../rules/closest.ts'
import { quote } from './leaf.ts'
import type { YamlPath } from './read-yaml.ts'

/** What is wrong with a part of a file, in one sentence that names it and the mend. */
export type Complaint = { readonly path: YamlPath; readonly text: string }

/** `services.web.ports`: which entry of a list it is, its line says. */
export function nameOf(path: YamlPath): string {
  return path.filter(part => typeof part === 'string').join('.') || 'The file'
}

/** `There is no machine "nod1": did you mean node1?`, or which there are. */
export function sayUnknown(kind: string, name: string, known: readonly string[]): string {
  return `There is no ${kind} ${quote(name)}: ${suggest(name, known)}`
}

/** `machines has no key "memroy": did you mean memory?`, or which it has. */
export function sayUnknownKey(path: YamlPath, key: string, known: readonly string[]): string {
  return `${nameOf(path)} has no key ${quote(key)}: ${suggest(key, known)}`
}

function suggest(name: string, known: readonly string[]): string {
  const meant = closest(name, known)
  if (meant !== null) return `did you mean ${meant}?`
  if (known.length === 0) return 'there is none at all'
  const shown = known.length > MOST_SHOWN ? [...known.slice(0, MOST_SHOWN), '…'] : known
  return `there are ${shown.join(', ')}`
}

const MOST_SHOWN = 24
