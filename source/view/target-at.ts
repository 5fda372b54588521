import { Box } from 'ink'
import { createElement, isValidElement, type ReactNode } from 'react'
import { currentView } from '../app/current-view.ts'
import type { Target } from '../app/pointing.ts'
import { isList } from '../app/rows/panel-rows.ts'
import type { Panel } from '../app/screen.ts'
import { isTooSmall } from '../app/size.ts'
import type { State } from '../app/state.ts'
import { layoutCrumbs } from './crumbs-row.ts'
import { layoutDashboard } from './layout-dashboard.ts'
import type { Placed } from './layout-screen.ts'
import { ListPanel, type ListPanelProps, placeList } from './list-panel.tsx'
import { BORDER_ROWS, TITLE_COLUMN, titleWidth } from './panel.tsx'
import { tabAt } from './panel-title.ts'
import { PANEL_VIEWS } from './panels/panel-of.tsx'
import { placePanels } from './screen.tsx'
import type { Looks, TerminalLooks } from './theme.ts'

/** What is drawn in a cell of the frame, counted from 0, as far as a person can mean it with the mouse. */
export function targetAt(state: State, terminal: TerminalLooks, column: number, row: number): Target | null {
  if (isTooSmall(state.size)) return null
  const looks: Looks = { ...terminal, theme: state.preferences.theme }
  const { body, bodyTop, isWhole } = layoutDashboard(state, looks)
  if (!isWhole && row === bodyTop + body.height) return crumbAt(state, column, looks)
  if (state.reading === null && currentView(state).screen.kind !== 'contexts') return null
  let top = bodyTop
  for (const band of placePanels(state, body, looks)) {
    const height = band[0]?.area.height ?? 0
    if (row >= top && row < top + height) return inBand(state, band, column, row - top, looks)
    top += height
  }
  return null
}

function inBand(state: State, band: readonly Placed[], column: number, row: number, looks: Looks): Target | null {
  let left = 0
  for (const placed of band) {
    const { width } = placed.area
    if (column >= left && column < left + width) return inPanel(state, placed, column - left, row, looks)
    left += width
  }
  return null
}

function inPanel(state: State, placed: Placed, column: number, row: number, looks: Looks): Target | null {
  const { panel, area, tabs } = placed
  if (panel === 'quorum' || panel === 'summary') return null
  if (row === 0) {
    const tab = tabAt(state, panel, tabs, titleWidth(area), column - TITLE_COLUMN, looks)
    return tab === null ? { kind: 'panel', panel } : { kind: 'tab', panel: tab }
  }
  const id = rowAt(state, panel, placed, row, looks)
  return id === null ? { kind: 'panel', panel } : { kind: 'row', panel, id }
}

/** The identity of the row in a line of a panel. The list is asked of what draws it, so that the two cannot differ. */
function rowAt(state: State, panel: Panel, { area }: Placed, line: number, looks: Looks): string | null {
  if (!isList(panel)) return null
  const list = findList(createElement(PANEL_VIEWS[panel], { state, area, title: [], looks }))
  if (list === null) return null
  const { top, first, end } = placeList(list)
  const index = first + line - BORDER_ROWS / 2 - top
  const item = index >= first && index < end ? list.items[index] : undefined
  return item === undefined ? null : list.idOf(item)
}

/** The list that a panel draws at its top, found among the components that it is made of; they are plain functions. */
function findList(node: ReactNode): ListPanelProps<unknown> | null {
  if (Array.isArray(node)) return findList(node[0])
  if (!isValidElement<Record<string, unknown>>(node)) return null
  const { type, props } = node
  if (type === ListPanel) return props as ListPanelProps<unknown>
  if (type === Box) return findList(props.children as ReactNode)
  return typeof type === 'function' ? findList((type as (props: unknown) => ReactNode)(props)) : null
}

function crumbAt(state: State, column: number, looks: Looks): Target | null {
  const at = column - STRIP_MARGIN
  const crumbs = layoutCrumbs(state, state.size.columns - 2 * STRIP_MARGIN, looks)
  const found = crumbs.find(({ from, width }) => at >= from && at < from + width)
  return found?.depth == null ? null : { kind: 'crumb', depth: found.depth }
}

const STRIP_MARGIN = 1
