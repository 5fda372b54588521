import { Text } from 'ink'
import { memo } from 'react'
import { paint } from './paint.ts'
import { fitRow, type Row } from './row.ts'
import { type Look, type Looks, styleOf } from './theme.ts'

type Props = { readonly row: Row; readonly width: number; readonly looks: Looks }

/**
 * One row of exactly `width` cells. Nothing else in the view writes text, so what comes from the cluster has passed
 * `visibleText` whatever way it took, and nothing is wider than it may be.
 */
export function Line({ row, width, looks }: Props) {
  return (
    <PaintedLine
      text={fitRow(row, width, looks)
        .map(({ text, look }) => paint(inOwnColours(text, look, looks), styleOf(look, looks)))
        .join('')}
    />
  )
}

/** What is old, and what stands on a terminal without colours, has none of its own either. */
const inOwnColours = (text: string, { ownColours }: Look, { depth, isOld = false }: Looks): string =>
  ownColours === undefined || depth === 1 || isOld ? text : `\u001b[${ownColours}m${text}\u001b[0m`

/**
 * One string a row: a `Text` for each piece of it would be a component each, and most of the time to the first frame.
 * Rows are made anew for each frame; most say what they said before, and Ink need not hear of those.
 */
const PaintedLine = memo(function PaintedLine({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text}</Text>
})
