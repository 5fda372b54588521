import { currentView } from '../../app/current-view.ts'
import type { Fact, Piece, PieceWeight } from '../../app/facts/fact.ts'
import { rowsOf, selectedId } from '../../app/rows/panel-rows.ts'
import { ListPanel } from '../list-panel.tsx'
import { emptyText } from '../panel-title.ts'
import { fitRow, type Row, span, textWidth } from '../row.ts'
import { DANGER, GOOD, glyphsOf, KEY, type Look, type Looks, PLAIN, QUIET, STRONG, WARNING } from '../theme.ts'
import { visibleText } from '../visible-text.ts'
import type { ScreenPanelProps } from './panel-props.ts'

type FactsPanelName = 'story' | 'node-facts' | 'service-facts' | 'spec-diff' | 'progress' | 'swarm-facts'

type Props = ScreenPanelProps & {
  readonly panel: FactsPanelName
  /** Said of an empty page. */
  readonly nothing: string
}

/** A page of facts, each a label and what is told. */
export function FactsPanel({ state, area, title, looks, panel, nothing }: Props) {
  const facts = rowsOf(state, panel)
  const labels = facts.map(({ label }) => textWidth(visibleText(label, looks.isAscii)))
  const labelWidth = Math.min(MOST_LABEL_COLUMNS, Math.max(0, ...labels))
  return (
    <ListPanel
      area={area}
      title={title}
      items={facts}
      idOf={({ id }) => id}
      rowOf={fact => factRow(fact, labelWidth, looks)}
      selectedId={selectedId(state, panel)}
      isFocused={currentView(state).focus === panel}
      emptyText={emptyText(state, panel, nothing)}
      looks={looks}
    />
  )
}

const MOST_LABEL_COLUMNS = 24

function factRow({ label, pieces }: Fact, labelWidth: number, looks: Looks): Row {
  const told = pieces.flatMap(part => drawPiece(part, looks))
  if (labelWidth === 0 || pieces.some(({ weight }) => weight === 'heading')) return told
  return [...fitRow([span(label, QUIET)], labelWidth, looks), span('  '), ...told]
}

function drawPiece({ text, weight, bar }: Piece, looks: Looks): Row {
  const look = PIECE_LOOKS[weight]
  if (bar === undefined) return [span(text, look)]
  const { barStart, barEnd, running, waiting } = glyphsOf(looks)
  const full = bar > 0 && bar < 1 ? clamp(Math.round(bar * BAR_CELLS), 1, BAR_CELLS - 1) : bar * BAR_CELLS
  return [
    span(barStart, QUIET),
    span(running.repeat(full), look),
    span(waiting.repeat(BAR_CELLS - full), QUIET),
    span(`${barEnd} `, QUIET),
  ]
}

const BAR_CELLS = 16
const clamp = (value: number, least: number, most: number): number => Math.min(most, Math.max(least, value))

const PIECE_LOOKS: Readonly<Record<PieceWeight, Look>> = {
  plain: PLAIN,
  quiet: QUIET,
  strong: STRONG,
  heading: KEY,
  good: GOOD,
  warning: WARNING,
  danger: DANGER,
}
