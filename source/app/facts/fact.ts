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

export type Piece = { readonly text: string; readonly weight: PieceWeight }

export type PieceWeight = 'plain' | 'quiet' | 'strong' | 'heading' | 'good' | 'warning' | 'danger'

export const piece = (text: string, weight: PieceWeight = 'plain'): Piece => ({ text, weight })

/** The text of a fact as it is searched and copied. */
export const textOfFact = ({ pieces }: Fact): string => pieces.map(({ text }) => text).join('')

/** A page of facts as rows of a panel. */
export const factRows = (all: (state: State) => readonly Fact[]): RowSource<Fact> => ({
  all,
  idOf: ({ id }) => id,
  fieldsOf: fact => ({ name: `${fact.label} ${textOfFact(fact)}` }),
  columns: [],
})
