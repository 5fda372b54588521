import { type HelpLine, helpLines } from '../../app/help-lines.ts'
import type { State } from '../../app/state.ts'
import type { Area } from '../layout.ts'
import { BORDER_ROWS, Panel } from '../panel.tsx'
import { type Row, span, textWidth } from '../row.ts'
import { KEY, type Looks, PLAIN, QUIET, STRONG, titleLook } from '../theme.ts'
import { visibleText } from '../visible-text.ts'

type Props = { readonly state: State; readonly body: Area; readonly looks: Looks }

/** Every key and what it does. */
export function Help({ state, body, looks }: Props) {
  const rows = helpRows(helpLines(state), looks)
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

function helpRows(lines: readonly HelpLine[], looks: Looks): readonly Row[] {
  const keysOf = (line: HelpLine) => ('keys' in line ? visibleText(line.keys, looks.isAscii) : '')
  const width = Math.max(...lines.map(line => textWidth(keysOf(line)))) + GAP
  return lines.map(line => {
    if ('title' in line) return [span(line.title, STRONG)]
    const keys = keysOf(line)
    return [span(`  ${keys}${' '.repeat(width - textWidth(keys))}`, KEY), span(line.words, PLAIN)]
  })
}
