import { counted } from '../../rules/counted.ts'
import { type DocumentLine, type LinePiece, pathTo, piece } from './document.ts'
import type { Json, Prepared } from './prepare-document.ts'
import { canBeBlock, yamlScalar } from './yaml-scalar.ts'

/**
 * An object as lines of YAML, what is folded in one line each. The first line names the object and stands for all of
 * it.
 */
export function yamlLines(
  { value, decoded }: Prepared,
  name: string,
  folds: ReadonlySet<string>,
): readonly DocumentLine[] {
  const lines: DocumentLine[] = []
  add('', [piece(`# ${name}`, 'note')])
  if (isContainer(value)) addParts(value, '', '')
  else addValue([], value, '', '')
  return lines

  function add(path: string, pieces: readonly LinePiece[], fold: DocumentLine['fold'] = 'none') {
    lines.push({ path, shows: path, pieces, fold })
  }

  /** `lead`: what stands before the value in its line, `name:` or `-`. `indent`: of that line. */
  function addValue(lead: readonly LinePiece[], value: Json, path: string, indent: string) {
    const before = lead.length === 0 ? [] : [...lead, BLANK]
    if (typeof value === 'string' && canBeBlock(value)) return addBlock(before, value, path, indent)
    if (!isContainer(value)) return add(path, [...before, scalarPiece(value), ...commentOn(path)])
    if (sizeOf(value) === 0) return add(path, [...before, piece(Array.isArray(value) ? '[]' : '{}', 'value')])
    if (folds.has(path)) return add(path, [...before, piece(summaryOf(value), 'note')], 'closed')
    const isItem = lead.at(-1)?.text === '-'
    if (!isItem) {
      add(path, lead, 'open')
      return addParts(value, path, `${indent}  `)
    }
    const first = lines.length
    addParts(value, path, `${indent}  `)
    joinFirst(first, lead, path)
  }

  function commentOn(path: string): readonly LinePiece[] {
    return path === decoded ? [piece('  # decoded from base64', 'note')] : []
  }

  /** The first part of what is an item of a list stands in the item's own line. */
  function joinFirst(index: number, lead: readonly LinePiece[], path: string) {
    const line = lines[index]
    if (line === undefined) return
    const [, ...pieces] = line.pieces
    lines[index] = { path, shows: line.shows, pieces: [...lead, BLANK, ...pieces], fold: 'open' }
  }

  function addParts(value: Container, path: string, indent: string) {
    const blank = piece(indent, 'blank')
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) addValue([blank, ITEM], item, pathTo(path, index), indent)
      return
    }
    for (const [name, item] of Object.entries(value as Fields)) {
      addValue([blank, piece(yamlScalar(name), 'key'), COLON], item, pathTo(path, name), indent)
    }
  }

  function addBlock(before: readonly LinePiece[], text: string, path: string, indent: string) {
    const comment = commentOn(path)
    const rows = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n')
    if (folds.has(path)) {
      return add(path, [...before, piece(`| … ${counted(rows.length, 'line')}`, 'note'), ...comment], 'closed')
    }
    add(path, [...before, piece(blockSign(text), 'sign'), ...comment], 'open')
    for (const [index, row] of rows.entries()) {
      lines.push({
        path: `${path}#${index}`,
        shows: path,
        pieces: row === '' ? [] : [piece(`${indent}  `, 'blank'), piece(row, 'text')],
        fold: 'none',
      })
    }
  }
}

type Fields = { readonly [name: string]: Json }
type Container = readonly Json[] | Fields

const BLANK = piece(' ', 'blank')
const ITEM = piece('-', 'sign')
const COLON = piece(':', 'sign')

export const isContainer = (value: Json): value is Container => typeof value === 'object' && value !== null

export const sizeOf = (value: Container): number => (Array.isArray(value) ? value.length : Object.keys(value).length)

/** What is folded, and how much: `{…} 12 keys`. */
export const summaryOf = (value: Container): string =>
  Array.isArray(value) ? `[…] ${counted(value.length, 'item')}` : `{…} ${counted(sizeOf(value), 'key')}`

const scalarPiece = (value: null | boolean | number | string): LinePiece =>
  piece(yamlScalar(value), typeof value === 'string' ? 'text' : 'value')

/** How a block begins says how it ends, and how far it is indented where its first line does not show that. */
function blockSign(text: string): string {
  const indentation = /^[\s]/.test(text) ? '2' : ''
  const end = /\n\n$/.test(text) ? '+' : text.endsWith('\n') ? '' : '-'
  return `|${indentation}${end}`
}
