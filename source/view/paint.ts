import type { Style } from './themes.ts'

/** A text with the escape sequences that give it this style, and those that end it. */
export function paint(text: string, { colour, bold, dim, inverse }: Style): string {
  let opening = ''
  let closing = ''
  if (colour !== undefined) {
    opening += `\u001b[${colourCode(colour)}m`
    closing += '\u001b[39m'
  }
  if (bold) opening += '\u001b[1m'
  if (dim) opening += '\u001b[2m'
  if (bold || dim) closing += '\u001b[22m'
  if (inverse) {
    opening += '\u001b[7m'
    closing += '\u001b[27m'
  }
  return opening + text + closing
}

/** The first 16 have short codes of their own, which terminals without the others understand. */
function colourCode(colour: number): string {
  if (colour < 8) return String(30 + colour)
  return colour < 16 ? String(90 + colour - 8) : `38;5;${colour}`
}
