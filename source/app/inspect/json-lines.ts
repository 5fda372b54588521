import { type DocumentLine, type LinePiece, pathTo, piece } from './document.ts'
import type { Json, Prepared } from './prepare-document.ts'
import { isContainer, sizeOf, summaryOf } from './yaml-lines.ts'

/** An object as lines of JSON, what is folded in one line each. */
export function jsonLines({ value }: Prepared, folds: ReadonlySet<string>): readonly DocumentLine[] {
  const lines: DocumentLine[] = []
  addValue([], value, '', '', '')
  return lines

  function add(path: string, pieces: readonly LinePiece[], fold: DocumentLine['fold'] = 'none') {
    lines.push({ path, shows: path, pieces, fold })
  }

  /** `lead`: what stands before the value in its line. `comma`: behind it, where something follows. */
  function addValue(lead: readonly LinePiece[], value: Json, path: string, indent: string, comma: string) {
    const end = piece(comma, 'sign')
    if (!isContainer(value)) {
      return add(path, [...lead, piece(jsonScalar(value), typeof value === 'string' ? 'text' : 'value'), end])
    }
    const [opening, closing] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
    if (sizeOf(value) === 0) return add(path, [...lead, piece(`${opening}${closing}`, 'value'), end])
    if (folds.has(path)) return add(path, [...lead, piece(summaryOf(value), 'note'), end], 'closed')
    add(path, [...lead, piece(opening, 'sign')], path === '' ? 'none' : 'open')
    addParts(value, path, `${indent}  `)
    lines.push({
      path: `${path}$`,
      shows: '',
      pieces: [piece(indent, 'blank'), piece(closing, 'sign'), end],
      fold: 'none',
    })
  }

  function addParts(value: Json, path: string, indent: string) {
    const parts = Array.isArray(value)
      ? value.map((item, index) => ({ name: index, lead: [], item }))
      : Object.entries(value as { readonly [name: string]: Json }).map(([name, item]) => ({
          name,
          lead: [piece(jsonScalar(name), 'key'), piece(': ', 'sign')],
          item,
        }))
    for (const [index, { name, lead, item }] of parts.entries()) {
      const comma = index === parts.length - 1 ? '' : ','
      addValue([piece(indent, 'blank'), ...lead], item, pathTo(path, name), indent, comma)
    }
  }
}

/** What JSON lets stand in a text, and a terminal might act on or not show, is escaped as JSON escapes other controls. */
function jsonScalar(value: null | boolean | number | string): string {
  return JSON.stringify(value).replace(UNSEEN, character =>
    Array.from(
      { length: character.length },
      (_, index) => `\\u${character.charCodeAt(index).toString(16).padStart(4, '0')}`,
    ).join(''),
  )
}

const UNSEEN = /[\x7f-\x9f\p{Cf}\u2028\u2029]/gu
