import { Box } from 'ink'
import { currentView } from '../../app/current-view.ts'
import { type Fact, type Piece, type PieceWeight, textOfFact } from '../../app/facts/fact.ts'
import { rowsOf, selectedId } from '../../app/rows/panel-rows.ts'
import type { Area } from '../layout.ts'
import { Line } from '../line.tsx'
import { ListPanel, listWidth } from '../list-panel.tsx'
import { emptyText } from '../panel-title.ts'
import { fitRow, type Row, rowWidth, span, textWidth, wrapText } from '../row.ts'
import { DANGER, GOOD, glyphsOf, KEY, type Look, type Looks, PLAIN, QUIET, STRONG, WARNING } from '../theme.ts'
import { visibleText } from '../visible-text.ts'
import type { ScreenPanelProps } from './panel-props.ts'

type FactsPanelName =
  | 'story'
  | 'node-facts'
  | 'service-facts'
  | 'spec-diff'
  | 'progress'
  | 'swarm-facts'
  | 'rebalance-facts'

type Props = ScreenPanelProps & {
  readonly panel: FactsPanelName
  /** Said of an empty page. */
  readonly nothing: string
  readonly note?: Row
}

/** A page of facts, each a label and what is told. */
export function FactsPanel({ state, area, title, looks, panel, nothing, note = [] }: Props) {
  const facts = rowsOf(state, panel)
  const labels = facts.map(({ label }) => textWidth(visibleText(label, looks.isAscii)))
  const labelWidth = Math.min(MOST_LABEL_COLUMNS, Math.floor(area.width / 4), Math.max(0, ...labels))
  const selected = selectedId(state, panel)
  const isFocused = currentView(state).focus === panel
  const whole = isFocused
    ? wholeRows(
        facts.find(({ id }) => id === selected),
        labelWidth,
        area,
        looks,
      )
    : []
  return (
    <Box flexDirection="column">
      <ListPanel
        area={{ ...area, height: area.height - whole.length }}
        title={title}
        note={note}
        items={facts}
        idOf={({ id }) => id}
        rowOf={fact => factRow(fact, labelWidth, looks)}
        selectedId={selected}
        isFocused={isFocused}
        emptyText={emptyText(state, panel, nothing)}
        looks={looks}
      />
      {whole.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a line of a text is its place.
        <Line key={index} row={row} width={area.width} looks={looks} />
      ))}
    </Box>
  )
}

/** The selected fact in full, where its line has no room for it. */
function wholeRows(selected: Fact | undefined, labelWidth: number, area: Area, looks: Looks): readonly Row[] {
  if (selected === undefined || area.height < LEAST_HEIGHT_WITH_WHOLE) return []
  if (rowWidth(factRow(selected, labelWidth, looks), looks) <= listWidth(area)) return []
  return wrapText(textOfFact(selected), area.width - 2, looks)
    .slice(0, MOST_WHOLE_ROWS)
    .map(line => [span(` ${line}`)])
}

const LEAST_HEIGHT_WITH_WHOLE = 9
const MOST_WHOLE_ROWS = 4

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

export const PIECE_LOOKS: Readonly<Record<PieceWeight, Look>> = {
  plain: PLAIN,
  quiet: QUIET,
  strong: STRONG,
  heading: KEY,
  good: GOOD,
  warning: WARNING,
  danger: DANGER,
}
