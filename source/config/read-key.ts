import { NAMED_KEYS, nameKey } from '../app/key-names.ts'

/**
 * A key as people write it, under its name in the key table: `ctrl+d` and `Ctrl+D`, `pagedown` and `PgDn`, `↑`, and any
 * letter or sign; null for what no terminal could tell us of.
 */
export function readKey(text: string): string | null {
  if (text === ' ') return 'space'
  if (Array.from(text).length === 1 && VISIBLE.test(text)) return KEY_OF_SIGN.get(text) ?? text
  const named = NAMED.get(text.toLowerCase())
  if (named !== undefined) return named
  const [, letter = ''] = /^ctrl[+-]([a-z])$/i.exec(text) ?? []
  return letter === '' || SENT_AS_OTHERS.includes(letter.toLowerCase()) ? null : `ctrl+${letter.toLowerCase()}`
}

const VISIBLE = /^[^\p{C}\p{Z}\p{M}]$/u

/** Terminals send Ctrl with these as Backspace, Tab and Enter. */
const SENT_AS_OTHERS = ['h', 'i', 'j', 'm']

const KEY_OF_SIGN = new Map(NAMED_KEYS.map(key => [nameKey(key), key]))

const NAMED = new Map(NAMED_KEYS.flatMap(key => [key, nameKey(key)].map(name => [name.toLowerCase(), key] as const)))
