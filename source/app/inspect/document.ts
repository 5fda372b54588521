import type { ObjectKind } from '../../swarm/resource-ref.ts'

/** How an object is looked at. It is kept with the view, so that it is found again as it was left. */
export type DocumentLook = {
  readonly format: DocumentFormat
  /** The paths of the parts that are folded; the same list for the same look. */
  readonly folds: readonly string[]
  /** What is looked for; `''` for nothing. */
  readonly search: string
  /** How many cells of each line are out of sight at its left end. */
  readonly shift: number
}

export type DocumentFormat = 'yaml' | 'json'

/** A line of an object as text. */
export type DocumentLine = {
  /** Tells it from all others, and is the same in the next reading: where its value is, as a JSON pointer. */
  readonly path: string
  /** Whose value it shows: in a list of objects, the first field stands in the line of its object. */
  readonly shows: string
  readonly pieces: readonly LinePiece[]
  /** Whether lines below it can be put away, or are. */
  readonly fold: 'none' | 'open' | 'closed'
}

export type LinePiece = {
  readonly text: string
  readonly role: 'blank' | 'key' | 'sign' | 'text' | 'value' | 'note'
}

export const piece = (text: string, role: LinePiece['role']): LinePiece => ({ text, role })

export const textOfLine = ({ pieces }: Pick<DocumentLine, 'pieces'>): string => pieces.map(({ text }) => text).join('')

/** Before a person has chosen anything. What a service was before its last change would be most of its text. */
export const firstLook = (kind: ObjectKind): DocumentLook => FIRST_LOOKS[kind] ?? PLAIN_LOOK

const PLAIN_LOOK: DocumentLook = { format: 'yaml', folds: [], search: '', shift: 0 }
const FIRST_LOOKS: Readonly<Partial<Record<ObjectKind, DocumentLook>>> = {
  service: { ...PLAIN_LOOK, folds: ['/PreviousSpec'] },
  node: { ...PLAIN_LOOK, folds: ['/Description/Engine/Plugins'] },
}

/** The path of a part of what is at a path. Names may be anything; the signs that paths are made of are spelled. */
export const pathTo = (path: string, name: string | number): string =>
  `${path}/${String(name).replace(/[~/#$]/g, sign => SPELLED[sign] ?? sign)}`

const SPELLED: Readonly<Record<string, string>> = { '~': '~0', '/': '~1', '#': '~2', $: '~3' }

/** Of a line that goes on from the one of a value: `#` and its number in a text of several lines, `$` the last of it. */
export const pathOfValue = (path: string): string => path.replace(/(?:#\d+|\$)$/, '')

/** Whether a line is out of sight while what is at `fold` is folded. */
export const isWithin = (path: string, fold: string): boolean =>
  path.length > fold.length && path.startsWith(fold) && '/#$'.includes(path.charAt(fold.length))
