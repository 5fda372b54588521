import { Box } from 'ink'
import { MOST_COLUMNS } from '../../app/scrolling-question.ts'
import type { Area } from '../layout.ts'
import { BORDER_COLUMNS, BORDER_ROWS, Panel } from '../panel.tsx'
import { type Row, span, wrapText } from '../row.ts'
import { type Look, type Looks, PLAIN, titleLook } from '../theme.ts'

type Props = {
  /** What the card lies upon. */
  readonly body: Area
  readonly title: string
  readonly rows: readonly Row[]
  readonly looks: Looks
}

/** A card in the middle of the body, over what is there. Rows for which there is no room are cut off at the bottom. */
export function Card({ body, title, rows, looks }: Props) {
  const width = cardWidth(body)
  const height = Math.min(rows.length + BORDER_ROWS, body.height)
  const top = Math.floor((body.height - height) / 2)
  const left = Math.floor((body.width - width) / 2)
  return (
    <Box position="absolute" marginTop={top} marginLeft={left}>
      <Panel area={{ width, height }} title={[span(title, titleLook(true))]} isFocused rows={rows} looks={looks} />
    </Box>
  )
}

/** How many cells the text of a card has. */
export const cardTextWidth = (body: Area): number => cardWidth(body) - BORDER_COLUMNS

const cardWidth = (body: Area): number => Math.min(body.width, MOST_COLUMNS)

/** A paragraph for a card, its lines after the first indented as far as `sign` is wide. */
export function paragraph(text: string, width: number, looks: Looks, look: Look = PLAIN, sign = ''): readonly Row[] {
  const indent = ' '.repeat(sign.length)
  return wrapText(text, width - sign.length, looks).map((line, index) => [
    span((index === 0 ? sign : indent) + line, look),
  ])
}
