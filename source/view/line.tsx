import { Text } from 'ink'
import { memo } from 'react'
import { fitRow, type Row } from './row.ts'
import { applyLooks, type Look, type Looks } from './theme.ts'

type Props = { readonly row: Row; readonly width: number; readonly looks: Looks }

/**
 * One row of exactly `width` cells. Nothing else in the view writes text, so what comes from the cluster has passed
 * `visibleText` whatever way it took, and nothing is wider than it may be.
 */
export const Line = memo(function Line({ row, width, looks }: Props) {
  return (
    <Text wrap="truncate">
      {fitRow(row, width, looks).map((piece, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a span has no identity but its place.
        <Text key={index} {...applyLooks(piece.look, looks)}>
          {piece.text}
        </Text>
      ))}
    </Text>
  )
}, isSameLine)

/** Rows are made anew for each frame; most say what they said before, and Ink need not hear of those. */
function isSameLine(before: Props, after: Props): boolean {
  return (
    before.width === after.width &&
    isSameLooks(before.looks, after.looks) &&
    before.row.length === after.row.length &&
    before.row.every((piece, index) => {
      const other = after.row[index]
      return other !== undefined && piece.text === other.text && isSameLook(piece.look, other.look)
    })
  )
}

function isSameLooks(one: Looks, other: Looks): boolean {
  return one.hasColour === other.hasColour && one.isAscii === other.isAscii && one.isOld === other.isOld
}

function isSameLook(one: Look, other: Look): boolean {
  return (
    one.color === other.color &&
    one.bold === other.bold &&
    one.dimColor === other.dimColor &&
    one.inverse === other.inverse
  )
}
