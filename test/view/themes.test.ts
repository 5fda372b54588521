import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { THEME_NAMES, type ThemeName } from '../../source/app/state.ts'
import { type Role, THEMES } from '../../source/view/themes.ts'
import { colourOfPalette, contrast, distance, type Eye, type Rgb } from '../helpers/colours.ts'

/** Pure black, and what terminals and editors take for dark: VS Code's, Solarized's, Dracula's. */
const DARK: readonly Rgb[] = [
  [0, 0, 0],
  [30, 30, 30],
  [0, 43, 54],
  [40, 42, 54],
]
/** White, Solarized's and the grey of the web. */
const LIGHT: readonly Rgb[] = [
  [255, 255, 255],
  [253, 246, 227],
  [238, 238, 238],
]

/** Who asks for high contrast has a background that goes with it. */
const MADE_FOR: Readonly<Record<ThemeName, { readonly backgrounds: readonly Rgb[]; readonly least: number }>> = {
  safe: { backgrounds: DARK, least: 4.5 },
  dark: { backgrounds: DARK, least: 4.5 },
  light: { backgrounds: LIGHT, least: 4.5 },
  'high-contrast': { backgrounds: DARK.slice(0, 2), least: 7 },
}

/** The palette's colours of a theme, by role; what has none is in the terminal's own. */
function coloursOf(theme: ThemeName): readonly (readonly [Role, Rgb])[] {
  return Object.entries(THEMES[theme]).flatMap(([role, { 256: style }]) =>
    style.colour === undefined ? [] : [[role as Role, colourOfPalette(style.colour)] as const],
  )
}

function colourOf(theme: ThemeName, role: Role): Rgb {
  const colour = THEMES[theme][role][256].colour
  assert.ok(colour !== undefined, role)
  return colourOfPalette(colour)
}

for (const theme of THEME_NAMES) {
  describe(`the theme ${theme}`, () => {
    const { backgrounds, least } = MADE_FOR[theme]

    test(`can be read on its backgrounds: a contrast of ${least} or more`, () => {
      for (const [role, colour] of coloursOf(theme)) {
        for (const background of backgrounds) {
          const ratio = contrast(colour, background)
          assert.ok(ratio >= least, `${role} has ${ratio.toFixed(2)} on ${background.join(',')}`)
        }
      }
    })

    test('has six series that are six colours', () => {
      const series = coloursOf(theme).filter(([role]) => role.startsWith('series'))
      assert.equal(series.length, 6)
      for (const [index, [role, colour]] of series.entries()) {
        for (const [other, otherColour] of series.slice(index + 1)) {
          const apart = distance(colour, otherColour)
          assert.ok(apart >= 18, `${role} and ${other} are ${apart.toFixed(0)} apart`)
        }
      }
      const few = Object.entries(THEMES[theme]).filter(([role]) => role.startsWith('series'))
      assert.equal(new Set(few.map(([, { 16: style }]) => style.colour)).size, 6)
    })

    test('tells good, warning and danger apart with 16 colours too', () => {
      const few = (['good', 'warning', 'danger'] as const).map(role => THEMES[theme][role][16].colour)
      assert.equal(new Set(few).size, 3)
    })
  })
}

for (const theme of ['safe', 'light'] as const) {
  test(`good, warning and danger of ${theme} stay apart for people who do not tell red from green`, () => {
    const pairs = [
      ['good', 'warning'],
      ['good', 'danger'],
      ['warning', 'danger'],
    ] as const
    for (const eye of ['usual', 'protanope', 'deuteranope'] satisfies Eye[]) {
      for (const [one, other] of pairs) {
        const apart = distance(colourOf(theme, one), colourOf(theme, other), eye)
        assert.ok(apart >= 30, `${one} and ${other} are ${apart.toFixed(0)} apart for a ${eye}`)
      }
    }
  })
}

test('traffic lights do not, which is why they are not the usual theme', () => {
  const apart = distance(colourOf('dark', 'good'), colourOf('dark', 'danger'), 'deuteranope')
  assert.ok(apart < 30, `${apart}`)
})

test('black on white is 21, and a colour on itself is 1', () => {
  assert.equal(contrast([0, 0, 0], [255, 255, 255]), 21)
  assert.equal(contrast([9, 8, 7], [9, 8, 7]), 1)
  assert.equal(Math.round(distance([0, 0, 0], [255, 255, 255])), 100)
})
