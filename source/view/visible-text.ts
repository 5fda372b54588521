import { NARROW } from './quick-segmenter.ts'

/**
 * Text that can be sent to a terminal whatever it contains: what would steer the terminal or cannot be seen is written
 * out (`␛`, `␊`, `\x9b`, `\u202e`), so that a name or an error from the cluster shows what it is and does nothing.
 * With `isAscii` everything outside ASCII is written out too. Applied twice it changes nothing more.
 */
export function visibleText(text: string, isAscii = false): string {
  if ((isAscii ? PRINTABLE_ASCII : PRINTABLE).test(text)) return text
  const shown = text
    .toWellFormed()
    .replace(PICTURE_JOINERS, '')
    .replace(UNSEEN, isAscii ? escapeCharacter : drawUnseen)
  return isAscii ? shown.replace(NOT_ASCII, spellInAscii) : shown.replace(LEADING_MARK, '◌$&')
}

/**
 * A JSON text that means the same and can be sent to a terminal: what JSON lets stand in a string, and a terminal might
 * take for a command or not show at all, becomes an escape. JSON itself escapes the other controls.
 */
export function visibleJson(json: string): string {
  return json.replace(UNSEEN_IN_JSON, character =>
    Array.from({ length: character.length }, (_, index) => escapeForJson(character.charCodeAt(index))).join(''),
  )
}

const UNSEEN_IN_JSON = /[\x7f-\x9f\p{Cf}\u2028\u2029]/gu

const escapeForJson = (unit: number): string => `\\u${unit.toString(16).padStart(4, '0')}`

/** What needs neither escapes nor measuring: nearly every text. */
export const PRINTABLE_ASCII = /^[\x20-\x7e]*$/

/** What our own frames are made of is seen too: to look through each line for what is not takes a part of every frame. */
const PRINTABLE = new RegExp(`^[\\x20-\\x7e${NARROW}]*$`)

/** Controls, line separators and everything that takes no room: bidi and zero-width characters, tags, soft hyphens. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu

/**
 * What only chooses how a pictograph is drawn is left out: terminals disagree on the width of the result, while the
 * plain pictographs are as wide everywhere.
 */
const PICTURE_JOINERS = /[\ufe0e\ufe0f]|(?<=\p{Extended_Pictographic}[\u{1f3fb}-\u{1f3ff}]?\ufe0f?)\u200d/gu

/** A mark would settle on whatever stands before it: the border of a panel. */
const LEADING_MARK = /^\p{Mark}/u

const NOT_ASCII = /[^\x20-\x7e]/gu

/** Controls have pictures of their own from U+2400 on. */
function drawUnseen(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x2400 + code)
  return code === 0x7f ? '␡' : escapeCharacter(character)
}

function escapeCharacter(character: string): string {
  const code = character.codePointAt(0) ?? 0
  const hex = code.toString(16)
  if (code <= 0xff) return `\\x${hex.padStart(2, '0')}`
  return code <= 0xffff ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`
}

function spellInAscii(character: string): string {
  return ASCII_SPELLINGS[character] ?? escapeCharacter(character)
}

/** For the few characters that the program's own sentences use. */
const ASCII_SPELLINGS: Readonly<Record<string, string>> = {
  '→': '->',
  '←': '<-',
  '↑': 'Up',
  '↓': 'Down',
  '≥': '>=',
  '≤': '<=',
  '×': 'x',
  '·': '-',
  '–': '-',
  '—': '-',
  '…': '...',
  '•': '*',
  '“': '"',
  '”': '"',
  '‘': "'",
  '’': "'",
  '\u00a0': ' ',
}
