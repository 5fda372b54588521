import { styleText } from 'node:util'
import { Text } from 'ink'
import { memo } from 'react'
import { fitRow, type Row, type Span } from './row.ts'
import { applyLooks, type Look, type Looks } from './theme.ts'

type Props = { readonly row: Row; readonly width: number; readonly looks: Looks }

/**
 * One row of exactly `width` cells. Nothing else in the view writes text, so what comes from the cluster has passed
 * `visibleText` whatever way it took, and nothing is wider than it may be.
 */
export function Line({ row, width, looks }: Props) {
  return (
    <PaintedLine
      text={fitRow(row, width, looks)
        .map(piece => paint(piece, looks))
        .join('')}
    />
  )
}

/**
 * One string a row: a `Text` for each piece of it would be a component each, and most of the time to the first frame.
 * Rows are made anew for each frame; most say what they said before, and Ink need not hear of those.
 */
const PaintedLine = memo(function PaintedLine({ text }: { readonly text: string }) {
  return <Text wrap="truncate">{text}</Text>
})

function paint({ text, look }: Span, looks: Looks): string {
  const { color, bold, dimColor, inverse } = applyLooks(look, looks) satisfies Look
  const formats = [
    ...(color === undefined ? [] : [color]),
    ...(bold ? (['bold'] as const) : []),
    ...(dimColor ? (['dim'] as const) : []),
    ...(inverse ? (['inverse'] as const) : []),
  ]
  return formats.length === 0 ? text : styleText(formats, text, { validateStream: false })
}
