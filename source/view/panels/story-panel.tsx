import { currentView } from '../../app/current-view.ts'
import { rowsOf, selectedId } from '../../app/rows/panel-rows.ts'
import { BORDER_COLUMNS, BORDER_ROWS, Panel } from '../panel.tsx'
import { emptyText } from '../panel-title.ts'
import { span } from '../row.ts'
import { STORY_MARGIN, storyRows } from '../story-rows.ts'
import { glyphsOf, KEY, QUIET } from '../theme.ts'
import { visibleWindow } from '../window.ts'
import type { ScreenPanelProps } from './panel-props.ts'

/** Why a slot is as it is, every fact to its end: a story of which one sees half explains nothing. */
export function StoryPanel({ state, area, title, looks }: ScreenPanelProps) {
  const facts = rowsOf(state, 'story')
  const selected = facts.findIndex(({ id }) => id === selectedId(state, 'story'))
  const isFocused = currentView(state).focus === 'story'
  const glyphs = glyphsOf(looks)
  const pointer = isFocused ? glyphs.pointer : glyphs.faintPointer
  const told = storyRows(facts, area.width - BORDER_COLUMNS - STORY_MARGIN, looks)
  const rows = told.flatMap((lines, index) =>
    lines.map((row, line) => [span(index === selected && line === 0 ? `${pointer} ` : '  ', KEY), ...row]),
  )
  const at = told.slice(0, Math.max(0, selected)).reduce((sum, { length }) => sum + length, 0)
  const { first, end } = visibleWindow(rows.length, area.height - BORDER_ROWS, at)
  return (
    <Panel
      area={area}
      title={title}
      note={end - first < rows.length ? [span(`${first + 1}-${end} of ${rows.length}`, QUIET)] : []}
      isFocused={isFocused}
      rows={
        rows.length === 0
          ? [[span(emptyText(state, 'story', 'there is nothing to explain'), QUIET)]]
          : rows.slice(first, end)
      }
      looks={looks}
    />
  )
}
