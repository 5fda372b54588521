import type { Panel } from '../app/screen.ts'
import { bodySize, type Size } from '../app/size.ts'

/** Where something is drawn, in cells. */
export type Area = { readonly width: number; readonly height: number }

/** From this width on panels stand side by side. */
const WIDE_COLUMNS = 110

/**
 * How the screen is shared out: a header, at times a banner below it, the body, the event strip and the key bar; or the
 * body and the key bar alone.
 */
export type Frame = { readonly body: Area; readonly stripRows: number }

export function layoutFrame(size: Size, bannerRows: number, isWhole = false): Frame {
  const { columns, rows, stripRows } = bodySize(size, isWhole)
  return { body: { width: columns, height: Math.max(0, rows - bannerRows) }, stripRows }
}

/** Which panels the overview shows and how large; `quorum` has no border where rows are few. */
export type OverviewLayout = {
  readonly quorum: Area
  /** Side by side. */
  readonly lists: readonly { readonly panel: 'nodes' | 'services' | 'events'; readonly area: Area }[]
  readonly below: { readonly panel: 'slots' | 'events'; readonly area: Area } | null
  readonly hasTabs: boolean
}

/** `quorumRows`: how many rows the state of the managers needs. */
export function layoutOverview(body: Area, focus: Panel, quorumRows: number): OverviewLayout {
  const hasBorder = body.height >= 19
  const quorumHeight = hasBorder ? Math.min(quorumRows, 4) + 2 : Math.min(quorumRows, 1)
  const rest: Area = { width: body.width, height: body.height - quorumHeight }
  const quorum = { width: body.width, height: quorumHeight }
  const layout = body.width >= WIDE_COLUMNS ? layoutWide(rest, focus) : layoutNarrow(rest, focus)
  return { quorum, ...layout }
}

type Lists = Pick<OverviewLayout, 'lists' | 'below' | 'hasTabs'>

function layoutWide(rest: Area, focus: Panel): Lists {
  const belowHeight = Math.floor(rest.height * 0.45)
  const listHeight = rest.height - belowHeight
  const nodesWidth = Math.max(LEAST_NODES_WIDTH, Math.floor(rest.width * 0.4))
  return {
    lists: [
      { panel: 'nodes', area: { width: nodesWidth, height: listHeight } },
      { panel: 'services', area: { width: rest.width - nodesWidth, height: listHeight } },
    ],
    below: { panel: focus === 'events' ? 'events' : 'slots', area: { width: rest.width, height: belowHeight } },
    hasTabs: false,
  }
}

/** Room for all columns of the nodes, with hostnames of eight letters. */
const LEAST_NODES_WIDTH = 56

/** One list at a time; the services keep the slots of the selected one below them. */
function layoutNarrow(rest: Area, focus: Panel): Lists {
  const hasRoomForTwo = rest.height >= 10
  if (focus === 'nodes' || focus === 'events') {
    return { lists: [{ panel: focus, area: rest }], below: null, hasTabs: true }
  }
  if (!hasRoomForTwo) {
    const isSlots = focus === 'slots'
    return {
      lists: isSlots ? [] : [{ panel: 'services', area: rest }],
      below: isSlots ? { panel: 'slots', area: rest } : null,
      hasTabs: true,
    }
  }
  const belowHeight = Math.max(5, Math.floor(rest.height * (focus === 'slots' ? 0.6 : 0.45)))
  return {
    lists: [{ panel: 'services', area: { width: rest.width, height: rest.height - belowHeight } }],
    below: { panel: 'slots', area: { width: rest.width, height: belowHeight } },
    hasTabs: true,
  }
}
