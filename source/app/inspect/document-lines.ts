import type { ObjectKind } from '../../swarm/resource-ref.ts'
import { keepBy, keepByBoth } from '../rows/keep-by.ts'
import type { DocumentFormat, DocumentLine } from './document.ts'
import { jsonLines } from './json-lines.ts'
import { type Json, type Prepared, prepareDocument } from './prepare-document.ts'
import { isContainer, yamlLines } from './yaml-lines.ts'
import { yamlScalar } from './yaml-scalar.ts'

/** What of an object is shown, and how it is written. */
export type Showing = {
  readonly kind: ObjectKind
  readonly format: DocumentFormat
  readonly isRevealed: boolean
}

/** The lines of an object, made once for each answer, its folds and the way it is shown. */
export function documentLines(object: object, folds: readonly string[], showing: Showing): readonly DocumentLine[] {
  return recall(keptLines(object, folds), showing, () => {
    const prepared = preparedDocument(object, showing)
    const folded = new Set(folds)
    return showing.format === 'yaml'
      ? yamlLines(prepared, `${showing.kind} ${yamlScalar(nameIn(prepared.value))}`, folded)
      : jsonLines(prepared, folded)
  })
}

/** All lines, as if nothing were folded. */
export const unfoldedLines = (object: object, showing: Showing): readonly DocumentLine[] =>
  documentLines(object, NO_FOLDS, showing)

const NO_FOLDS: readonly string[] = []

/** What may be shown of an object; computed once for each answer. */
export const preparedDocument = (object: object, showing: Showing): Prepared =>
  recall(keptPrepared(object), showing, () => prepareDocument(object, showing))

const keptLines = keepByBoth((_object: object, _folds: readonly string[]) => new Map<string, readonly DocumentLine[]>())
const keptPrepared = keepBy((_object: object) => new Map<string, Prepared>())

function recall<V>(kept: Map<string, V>, { kind, format, isRevealed }: Showing, compute: () => V): V {
  const key = `${kind} ${format} ${isRevealed}`
  const found = kept.get(key)
  if (found !== undefined) return found
  const value = compute()
  kept.set(key, value)
  return value
}

/** What the object calls itself: its name, or its ID where it has none. */
export function nameIn(value: Json): string {
  const places = [['Spec', 'Name'], ['Name'], ['Description', 'Hostname'], ['ID'], ['Id']]
  const names = places.map(place => place.reduce<Json>(fieldOf, value))
  return names.find((name): name is string => typeof name === 'string' && name !== '') ?? ''
}

function fieldOf(value: Json, name: string): Json {
  return isContainer(value) && Object.hasOwn(value, name)
    ? ((value as { readonly [name: string]: Json })[name] ?? null)
    : null
}
