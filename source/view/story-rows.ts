import { type Fact, textOfFact } from '../app/facts/fact.ts'
import { rowsOf } from '../app/rows/panel-rows.ts'
import type { State } from '../app/state.ts'
import { BORDER_COLUMNS } from './panel.tsx'
import { PIECE_LOOKS } from './panels/facts-panel.tsx'
import { fitRow, type Row, span, textWidth } from './row.ts'
import { type Looks, QUIET } from './theme.ts'
import { visibleText } from './visible-text.ts'
import { wrapRow } from './wrap-row.ts'

/** Each fact of a story in as many rows as it needs to be read to its end. */
export function storyRows(facts: readonly Fact[], width: number, looks: Looks): readonly (readonly Row[])[] {
  const labelWidth = labelColumns(facts)
  return facts.map(({ label, pieces }) => {
    const told = pieces.map(({ text, weight }) => span(text, PIECE_LOOKS[weight]))
    return wrapRow(told, Math.max(1, width - labelWidth), looks).map((row, index) => [
      ...fitRow([span(index === 0 ? label : '', QUIET)], labelWidth, looks),
      ...row,
    ])
  })
}

/** The pointer before the selected fact. */
export const STORY_MARGIN = 2

/** How many rows the story of the slot that is looked at needs in a panel so wide; at times one more than it takes. */
export function storyHeight(state: State, width: number): number {
  const facts = rowsOf(state, 'story')
  const room = Math.max(1, width - BORDER_COLUMNS - STORY_MARGIN - labelColumns(facts) - BROKEN_WORD)
  return facts.reduce((sum, fact) => sum + Math.max(1, Math.ceil(textWidth(visibleText(textOfFact(fact))) / room)), 0)
}

/** What is lost at the end of a row on an average, since words are not broken. */
const BROKEN_WORD = 4

const labelColumns = (facts: readonly Fact[]): number => Math.max(0, ...facts.map(({ label }) => textWidth(label))) + 2
