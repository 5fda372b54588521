import { LEAST_SIZE, type Size } from '../app/size.ts'
import { Line } from './line.tsx'
import { type Row, span } from './row.ts'
import { type Looks, PLAIN, STRONG } from './theme.ts'

type Props = { readonly size: Size; readonly looks: Looks }

/** Says which size is needed instead of drawing what nobody could read. */
export function TooSmall({ size, looks }: Props) {
  const { columns, rows } = size
  const lines: readonly Row[] = [
    [span('The terminal is too small', STRONG)],
    [span(`it has ${columns}x${rows},`, PLAIN)],
    [span(`swarmtop needs ${LEAST_SIZE.columns}x${LEAST_SIZE.rows}`, PLAIN)],
    [span('q quits', PLAIN)],
  ]
  return lines.slice(0, rows).map((row, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: these lines never change their places.
    <Line key={index} row={row} width={columns} looks={looks} />
  ))
}
