import type { RowSource } from '../rows/row-source.ts'
import type { Screen } from '../screen.ts'
import type { State } from '../state.ts'

/** A line of a page that tells about one thing: what is told, and how grave it is. Texts may be untrusted. */
export type Fact = {
  /** Unique within its page, and the same for the same fact in the next reading. */
  readonly id: string
  /** `''` for a line that goes on from the one above, or stands alone. */
  readonly label: string
  readonly pieces: readonly Piece[]
  /** Where Enter leads to. */
  readonly opens?: Screen
  /** What `c` copies, where that is not the text itself. */
  readonly copies?: string
}

/** `bar`: in place of text a bar that is full to this share, 0 to 1. */
export type Piece = { readonly text: string; readonly weight: PieceWeight; readonly bar?: number }

export type PieceWeight = 'plain' | 'quiet' | 'strong' | 'heading' | 'good' | 'warning' | 'danger'

export const piece = (text: string, weight: PieceWeight = 'plain'): Piece => ({ text, weight })

export const bar = (share: number, weight: PieceWeight = 'plain'): Piece => ({
  text: '',
  weight,
  bar: Math.min(1, Math.max(0, share)),
})

/** A line that divides a page. */
export const heading = (text: string, ...more: readonly Piece[]): Fact => ({
  id: `heading ${text}`,
  label: '',
  pieces: [piece(text, 'heading'), ...more],
})

/** A fact in one line; its label is its identity. */
export const fact = (label: string, ...pieces: readonly Piece[]): Fact => ({ id: label, label, pieces })

/** Several of a kind, one below the other, the label at the first. */
export const factList = (label: string, lines: readonly FactLine[]): readonly Fact[] =>
  lines.map(({ name, ...line }, index) => ({ id: `${label} ${name}`, label: index === 0 ? label : '', ...line }))

/** `name`: unique among its kind. */
export type FactLine = Omit<Fact, 'id' | 'label'> & { readonly name: string }

/** The text of a fact as it is searched and copied. */
export const textOfFact = ({ pieces }: Fact): string => pieces.map(({ text }) => text).join('')

/** A page of facts as rows of a panel. */
export const factRows = (all: (state: State) => readonly Fact[]): RowSource<Fact> => ({
  all,
  idOf: ({ id }) => id,
  fieldsOf: fact => ({ name: `${fact.label} ${textOfFact(fact)}` }),
  columns: [],
})
