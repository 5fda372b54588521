import { BINDINGS, KEY_GROUP_TITLES, type KeyGroup, nameKey } from '../../app/keys.ts'
import type { Area } from '../layout.ts'
import { BORDER_ROWS, Panel } from '../panel.tsx'
import { type Row, span } from '../row.ts'
import { KEY, type Looks, PLAIN, QUIET, STRONG, titleLook } from '../theme.ts'

type Props = { readonly body: Area; readonly offset: number; readonly looks: Looks }

/** Every key and what it does, from the list that the keys are read from. `offset`: the first line to show. */
export function Help({ body, offset, looks }: Props) {
  const rows = helpRows()
  const height = body.height - BORDER_ROWS
  const first = Math.min(offset, Math.max(0, rows.length - height))
  const end = Math.min(rows.length, first + height)
  const note: Row = end - first < rows.length ? [span(`${first + 1}-${end} of ${rows.length}`, QUIET)] : []
  return (
    <Panel
      area={body}
      title={[span('Help', titleLook(true)), span('  Esc closes', QUIET)]}
      note={note}
      isFocused
      rows={rows.slice(first, end)}
      looks={looks}
    />
  )
}

const GROUPS: readonly KeyGroup[] = ['node', 'service', 'everywhere', 'machine', 'time']
const KEYS_WIDTH = 14

function helpRows(): readonly Row[] {
  return GROUPS.flatMap((group, index) => [
    ...(index === 0 ? [] : [[]]),
    [span(KEY_GROUP_TITLES[group], STRONG)],
    ...BINDINGS.filter(binding => binding.where === group).map(({ keys, words }) => [
      span(`  ${keys.map(nameKey).join(' ')}`.padEnd(KEYS_WIDTH), KEY),
      span(words, PLAIN),
    ]),
  ])
}
