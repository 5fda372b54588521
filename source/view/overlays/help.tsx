import { bindingsOf, keyGroupsOf } from '../../app/key-groups.ts'
import { KEY_GROUP_TITLES, type KeyGroup, nameKey } from '../../app/keys.ts'
import type { State } from '../../app/state.ts'
import type { Area } from '../layout.ts'
import { BORDER_ROWS, Panel } from '../panel.tsx'
import { type Row, span, textWidth } from '../row.ts'
import { KEY, type Looks, PLAIN, QUIET, STRONG, titleLook } from '../theme.ts'
import { visibleText } from '../visible-text.ts'

type Props = { readonly state: State; readonly body: Area; readonly looks: Looks }

/** Every key and what it does, from the list that the keys are read from; those that are heard here come first. */
export function Help({ state, body, looks }: Props) {
  const rows = helpRows(state, looks)
  const height = body.height - BORDER_ROWS
  const first = Math.min(state.navigation.helpOffset, Math.max(0, rows.length - height))
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

const GAP = 2

function helpRows(state: State, looks: Looks): readonly Row[] {
  const bindings = bindingsOf(state)
    .filter(({ keys }) => keys.length > 0)
    .map(({ where, words, keys }) => ({
      where,
      words,
      keys: visibleText(keys.map(nameKey).join(' '), looks.isAscii),
    }))
  const width = Math.max(...bindings.map(({ keys }) => textWidth(keys))) + GAP
  return groupsFor(state).flatMap((group, index) => [
    ...(index === 0 ? [] : [[]]),
    [span(KEY_GROUP_TITLES[group], STRONG)],
    ...bindings
      .filter(({ where }) => where === group)
      .map(({ keys, words }) => [span(`  ${keys}${' '.repeat(width - textWidth(keys))}`, KEY), span(words, PLAIN)]),
  ])
}

function groupsFor(state: State): readonly KeyGroup[] {
  return [...new Set([...keyGroupsOf(state), ...(Object.keys(KEY_GROUP_TITLES) as readonly KeyGroup[])])]
}
