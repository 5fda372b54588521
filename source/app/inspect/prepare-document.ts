import { isTellingName, MASK, maskPasswords } from '../../swarm/masking.ts'
import type { ObjectKind } from '../../swarm/resource-ref.ts'
import type { DocumentFormat } from './document.ts'

/** A JSON value: what an engine can answer. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json }

/** An object as it may be shown, and how many values of it are not. */
export type Prepared = {
  readonly value: Json
  readonly masked: number
  /** The path of a text that the engine gave in base64 and that stands here in clear; null where none does. */
  readonly decoded: string | null
}

/**
 * What may be shown of an object. All lines, copies and files are made from the result, so that nothing else can tell
 * what is masked: the values of environment variables, join tokens and keys; of labels and options those whose name says
 * that they are secret, and the passwords within others. What is in a secret stays masked whatever is asked for: the
 * engine never tells it. The text of a config is decoded, where it is text.
 */
export function prepareDocument(
  raw: unknown,
  {
    kind,
    format,
    isRevealed,
  }: { readonly kind: ObjectKind; readonly format: DocumentFormat; readonly isRevealed: boolean },
): Prepared {
  let masked = 0
  const decoded = kind === 'config' && format === 'yaml' ? decodedData(raw) : null
  return { value: prepare(raw, 'open', '', 0), masked, decoded: decoded === null ? null : DATA_PATH }

  function prepare(value: unknown, secrecy: Secrecy, path: string, depth: number): Json {
    if (depth > MOST_DEPTH) return `… more than ${MOST_DEPTH} levels deep`
    if (Array.isArray(value)) return value.map((item, index) => prepare(item, secrecy, `${path}/${index}`, depth + 1))
    if (typeof value === 'object' && value !== null) {
      return Object.fromEntries(
        Object.entries(value).map(([name, item]) => [
          name,
          prepare(item, secrecyOf(name, secrecy), `${path}/${name}`, depth + 1),
        ]),
      )
    }
    if (path === DATA_PATH && decoded !== null) return decoded
    return hide(value as Json, secrecy)
  }

  function secrecyOf(name: string, outer: Secrecy): Secrecy {
    if (kind === 'secret' && name === 'Data') return 'sealed'
    if (outer === 'sealed' || outer === 'secret') return outer
    if (outer === 'environment') return 'secret'
    if (outer === 'named' && isTellingName(name)) return 'secret'
    return SECRECIES.get(name) ?? outer
  }

  function hide(value: Json, secrecy: Secrecy): Json {
    if (value === null || (isRevealed && secrecy !== 'sealed')) return value
    const hidden = maskValue(value, secrecy)
    if (hidden !== value) masked += 1
    return hidden
  }
}

/** `named`: its fields are anybody's, and their names say which are secret. `sealed`: cannot be revealed. */
type Secrecy = 'open' | 'environment' | 'named' | 'secret' | 'sealed'

const SECRECIES: ReadonlyMap<string, Secrecy> = new Map([
  ['Env', 'environment'],
  ['Labels', 'named'],
  ['Options', 'named'],
  ['DriverOpts', 'named'],
  ['JoinTokens', 'secret'],
  ['UnlockKey', 'secret'],
  ['SigningCAKey', 'secret'],
])

function maskValue(value: Json, secrecy: Secrecy): Json {
  switch (secrecy) {
    case 'open':
      return value
    case 'environment':
      return maskVariable(value)
    case 'named':
      return typeof value === 'string' ? maskPasswords(value) : value
    case 'secret':
    case 'sealed':
      return MASK
  }
}

/** A variable without a value takes that of the engine's own environment; its name is all there is. */
function maskVariable(value: Json): Json {
  if (typeof value !== 'string') return MASK
  const end = value.indexOf('=', 1)
  return end < 0 ? value : `${value.slice(0, end)}=${MASK}`
}

const DATA_PATH = '/Spec/Data'

/** No object of Swarm is a tenth as deep; a hostile answer must not be followed to the end of the stack. */
const MOST_DEPTH = 60

/** The text that a config holds; null for what is none. */
function decodedData(raw: unknown): string | null {
  const data = (raw as { readonly Spec?: { readonly Data?: unknown } } | null)?.Spec?.Data
  if (typeof data !== 'string' || !/^[A-Za-z0-9+/]+={0,2}$/.test(data)) return null
  const bytes = Buffer.from(data, 'base64')
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
    return NO_TEXT.test(text) ? null : text
  } catch {
    return null
  }
}

const NO_TEXT = /[\0-\x08\x0e-\x1a\x1c-\x1f]/
