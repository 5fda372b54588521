import { THEMES } from '../../source/view/themes.ts'
import type { Terminal } from './terminal.ts'

export type Shown = string | RegExp | ((screen: string) => boolean)

/** Whether all of it is to be seen at once. */
export function allShown(...wanted: readonly Shown[]): (screen: string) => boolean {
  const isShown = (screen: string): boolean =>
    wanted.every(want => {
      if (typeof want === 'string') return screen.includes(want)
      return typeof want === 'function' ? want(screen) : want.test(screen)
    })
  // Shown by a failure, where the function's own text would say nothing.
  isShown.toString = () => wanted.map(String).join(' and ')
  return isShown
}

/**
 * Cells of one row, one beside the other. The engine that is asked has a star behind its name, one whose machine is off
 * says so as far as there is room, a warning has its sign.
 */
export function row(name: string, ...cells: readonly string[]): RegExp {
  return new RegExp([`\\b${name}(?: \\*)?(?: \\(o\\S*)?`, ...cells].join('\\s+(?:▲ )?'))
}

export function pointedAt(name: string): RegExp {
  return new RegExp(`› *${name}\\b`)
}

/** Tab goes round the panels of a screen until the one that is wanted stands in brackets. */
export async function focusOn(terminal: Terminal, panel: string): Promise<void> {
  for (let presses = 0; presses < 6; presses += 1) {
    const before = tabInFocus(terminal.screen())
    if (before === panel) return
    terminal.press('tab')
    await terminal.waitForScreen(screen => tabInFocus(screen) !== before)
  }
  throw new Error(`${panel} never had the focus:\n${terminal.screen()}`)
}

/** Its name without its count; `''` where no border names several panels. */
function tabInFocus(screen: string): string {
  return /━ (?:.* )?\[([A-Z][a-z]*(?: [a-z]+)?)[^\]]*\]/.exec(screen)?.[1] ?? ''
}

/** Whether a text is drawn as what is no longer known to be so: faint, as the usual theme has it. */
export function isDrawnAsOld(terminal: Terminal, text: string): boolean {
  const { isDim, colour } = terminal.style(text)
  return isDim || colour === THEMES.safe.quiet[256].colour
}
