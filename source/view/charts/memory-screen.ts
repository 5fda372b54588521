import { EventEmitter } from 'node:events'
import blessed, { type Widgets } from 'blessed'
import type { Area } from '../layout.ts'

/** A cell as blessed has drawn it. Colours by their numbers in the terminal; null: the usual one. */
export type ScreenCell = { readonly character: string; readonly colour: number | null; readonly ground: number | null }

/** Where a widget is drawn, and how large it is. */
export type Place = { readonly screen: Widgets.Screen; readonly width: number; readonly height: number }

/**
 * Draws with a widget of blessed on a screen that is nowhere but in memory and as large as the widget, and answers with
 * what was made of it. `read` tells the cells as they are when it is asked. Nothing remembers the screen afterwards.
 */
export function drawInMemory<W extends Widgets.BoxElement, T>(
  { width, height }: Area,
  widget: (place: Place) => W,
  draw: (widget: W, read: () => readonly (readonly ScreenCell[])[]) => T,
): T {
  const screen = blessed.screen({ program: new NoTerminal(width, height) as never }) as ScreenInMemory
  screen.alloc()
  const drawn = widget({ screen, width, height })
  screen.append(drawn)
  return draw(drawn, () => {
    drawn.render()
    return screen.lines.map(line => line.map(readCell))
  })
}

/**
 * With its first screen blessed begins to listen to signals and to the end of the process, to give the terminal back
 * then. These screens have taken none, and whom the signals are for is known already.
 */
Object.assign(blessed.screen, { bind: () => {} })

/** What blessed's types leave out. A cell: flags, colour and ground in bits of a number, and the character. */
type ScreenInMemory = Widgets.Screen & {
  readonly lines: readonly (readonly (readonly [attributes: number, character: string])[])[]
  alloc(): void
}

/**
 * What blessed takes for a terminal: it has a size, can show every character, and there is nothing to be written to it,
 * or read from it. One of blessed's own would ask for the type of the real one, and run tmux to know its version.
 */
class NoTerminal extends EventEmitter {
  readonly cols: number
  readonly rows: number
  readonly options = {}
  readonly tput = { strings: {}, numbers: {}, unicode: true }
  /** The screen has been taken over already, so that blessed does not do it. */
  readonly isAlt = true

  constructor(columns: number, rows: number) {
    super()
    this.cols = columns
    this.rows = rows
  }

  setupTput(): void {}

  clear(): void {}
}

const USUAL = 0x1ff

function readCell([attributes, character]: readonly [number, string]): ScreenCell {
  const colour = (attributes >> 9) & USUAL
  const ground = attributes & USUAL
  return {
    character,
    colour: colour === USUAL ? null : colour,
    ground: ground === USUAL ? null : ground,
  }
}
