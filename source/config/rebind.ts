import { nameKey } from '../app/key-names.ts'
import { KEY_GROUP_TITLES, type KeyGroup, PLACES } from '../app/key-places.ts'
import type { Binding } from '../app/keys.ts'

/** The bindings with other keys; `keys`: by name. */
export function rebind(
  bindings: readonly Binding[],
  keys: Readonly<Record<string, readonly string[]>>,
): readonly Binding[] {
  return bindings.map(binding => {
    const given = Object.hasOwn(keys, binding.name) ? keys[binding.name] : undefined
    return given === undefined ? binding : { ...binding, keys: [...new Set(given)] }
  })
}

/** One of the bindings that were given other keys, and what is wrong with that. */
export type Clash = { readonly name: string; readonly text: string }

/**
 * Keys that would mean two things where both are heard, as far as they have come about by what was `changed`: that logs
 * take some keys for themselves which mean another thing elsewhere is as it should be.
 */
export function findClashes(bindings: readonly Binding[], changed: readonly string[]): readonly Clash[] {
  const clashes = new Map<string, Clash>()
  for (const groups of PLACES) {
    const heard = bindings.filter(({ where }) => groups.includes(where))
    for (const binding of heard.filter(({ name }) => changed.includes(name))) {
      for (const key of binding.keys) {
        const other = heard.find(({ name, keys }) => name !== binding.name && keys.includes(key))
        if (other === undefined || clashes.has(`${other.name} ${key}`)) continue
        clashes.set(`${binding.name} ${key}`, { name: binding.name, text: sayClash(binding, key, other) })
      }
    }
  }
  return [...clashes.values()]
}

function sayClash({ name, where }: Binding, key: string, other: Binding): string {
  const place = KEY_GROUP_TITLES[narrower(where, other.where)].toLowerCase()
  return `${nameKey(key)} would mean both ${name} and ${other.name} ${place}: give one of them another key`
}

const narrower = (one: KeyGroup, other: KeyGroup): KeyGroup => (one === 'everywhere' || one === 'time' ? other : one)
