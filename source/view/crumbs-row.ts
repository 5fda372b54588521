import { crumbsOf } from '../app/crumbs.ts'
import type { State } from '../app/state.ts'
import { cutMiddle, joinRows, type Row, rowWidth, span } from './row.ts'
import { glyphsOf, type Looks, QUIET, STRONG } from './theme.ts'
import { visibleText } from './visible-text.ts'

/** A step of the way that led to the screen. `depth`: its place in the stack; null for steps that are left out. */
export type Crumb = {
  readonly text: string
  readonly depth: number | null
  readonly from: number
  readonly width: number
}

/**
 * The steps that fit into half of the width, and where each stands in the row; the middle ones give way first. None at
 * the first screen, which nothing led to.
 */
export function layoutCrumbs(state: State, width: number, looks: Looks): readonly Crumb[] {
  const labels = crumbsOf(state).map(text => visibleText(text, looks.isAscii))
  if (labels.length < 2) return []
  const room = Math.floor(width / 2)
  const steps = labels.map((text, depth) => ({ text, depth }))
  for (let kept = steps.length; kept > 1; kept -= 1) {
    const crumbs = place(leaveOut(steps, kept, looks), looks)
    if (endOf(crumbs) <= room) return crumbs
  }
  const last = steps.slice(-1).map(({ text, depth }) => ({ text: cutMiddle(text, room, looks), depth }))
  return place(last, looks)
}

export function crumbsRow(crumbs: readonly Crumb[], looks: Looks): Row {
  const rows = crumbs.map(({ text }, index) => [span(text, index === crumbs.length - 1 ? STRONG : QUIET)])
  return joinRows(rows, between(looks))
}

type Step = { readonly text: string; readonly depth: number | null }

/** The first step, then the last ones, `kept` of all of them. */
function leaveOut(steps: readonly Step[], kept: number, looks: Looks): readonly Step[] {
  if (kept === steps.length) return steps
  return [...steps.slice(0, 1), { text: glyphsOf(looks).cut, depth: null }, ...steps.slice(1 - kept)]
}

const between = (looks: Looks) => span(` ${glyphsOf(looks).step} `, QUIET)

function place(steps: readonly Step[], looks: Looks): readonly Crumb[] {
  let from = 0
  return steps.map(({ text, depth }) => {
    const width = rowWidth([span(text)], looks)
    const crumb = { text, depth, from, width }
    from += width + between(looks).text.length
    return crumb
  })
}

const endOf = (crumbs: readonly Crumb[]): number => {
  const last = crumbs.at(-1)
  return last === undefined ? 0 : last.from + last.width
}
