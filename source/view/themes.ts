import type { ThemeName } from '../app/state.ts'

/** How many colours a terminal has; 1: none besides its own two. */
export type Depth = 1 | 16 | 256

/** What a piece of text is there for. The six series tell things of one kind apart and mean nothing else. */
export type Role = 'plain' | 'quiet' | 'strong' | 'good' | 'warning' | 'danger' | 'key' | 'badge' | Series

export type Series = 'series-1' | 'series-2' | 'series-3' | 'series-4' | 'series-5' | 'series-6'

/** What a terminal does for a role. `colour`: a number of its palette, of which the first 16 are the person's own. */
export type Style = {
  readonly colour?: number
  readonly bold?: boolean
  readonly dim?: boolean
  readonly inverse?: boolean
}

export type Theme = Readonly<Record<Role, { readonly 16: Style; readonly 256: Style }>>

/**
 * The one place where colours are named. `dark`, `safe` and `high-contrast` are made for dark backgrounds, `light` for
 * light ones. `safe` and `light` keep to hues that stay apart for people who do not tell red from green, after Okabe and
 * Ito (https://jfly.uni-koeln.de/color/). Of 16 colours a terminal has its own idea; of the other 240 it has none.
 */
export const THEMES: Readonly<Record<ThemeName, Theme>> = {
  safe: {
    ...everyTheme({ quiet: 246 }),
    good: colour(14, 75),
    warning: colour(11, 229),
    danger: colour(9, 208, { bold: true }),
    key: colour(6, 80, { bold: true }),
    badge: colour(5, 175, { bold: true, inverse: true }),
    ...series([6, 75], [3, 214], [2, 79], [5, 175], [14, 229], [13, 147]),
  },
  dark: {
    ...everyTheme({ quiet: 246 }),
    good: colour(2, 78),
    warning: colour(3, 221),
    danger: colour(1, 203, { bold: true }),
    key: colour(6, 80, { bold: true }),
    badge: colour(5, 176, { bold: true, inverse: true }),
    ...series([6, 80], [3, 221], [2, 78], [5, 176], [14, 111], [13, 216]),
  },
  light: {
    ...everyTheme({ quiet: 241 }),
    good: colour(4, 26),
    warning: colour(5, 94),
    danger: colour(1, 125, { bold: true }),
    key: colour(6, 24, { bold: true }),
    badge: colour(5, 90, { bold: true, inverse: true }),
    ...series([4, 26], [5, 90], [6, 23], [2, 22], [1, 125], [3, 94]),
  },
  'high-contrast': {
    ...everyTheme({ quiet: 253 }),
    // Dim text of 16 colours has no contrast that anybody could promise.
    quiet: { 16: {}, 256: { colour: 253 } },
    good: colour(14, 87, { bold: true }),
    warning: colour(11, 229, { bold: true }),
    danger: colour(9, 209, { bold: true, inverse: true }),
    key: colour(15, 159, { bold: true }),
    badge: colour(13, 219, { bold: true, inverse: true }),
    ...series([14, 87], [11, 229], [10, 120], [13, 219], [15, 231], [7, 216]),
  },
}

/** The terminal's own colour is what its person reads best. */
function everyTheme({ quiet }: { readonly quiet: number }) {
  return {
    plain: { 16: {}, 256: {} },
    strong: { 16: { bold: true }, 256: { bold: true } },
    quiet: { 16: { dim: true }, 256: { colour: quiet } },
  }
}

/** `few`: where there are 16 colours; `many`: where there are 256. */
function colour(few: number, many: number, rest: Omit<Style, 'colour'> = {}) {
  return { 16: { colour: few, ...rest }, 256: { colour: many, ...rest } }
}

type Pair = readonly [few: number, many: number]

function series(one: Pair, two: Pair, three: Pair, four: Pair, five: Pair, six: Pair) {
  return {
    'series-1': colour(...one),
    'series-2': colour(...two),
    'series-3': colour(...three),
    'series-4': colour(...four),
    'series-5': colour(...five),
    'series-6': colour(...six),
  }
}
