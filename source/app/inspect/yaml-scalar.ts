/** A text, a number or a word as YAML writes it in one line; nothing in it can steer a terminal. */
export function yamlScalar(value: null | boolean | number | string): string {
  if (typeof value !== 'string') return String(value)
  if (UNSAFE.test(value)) return doubleQuoted(value)
  return isPlain(value) ? value : `'${value.replaceAll("'", "''")}'`
}

/** Whether a text can stand as a block of lines: YAML knows no escapes there. */
export const canBeBlock = (text: string): boolean =>
  text.includes('\n') && /[^\n]/.test(text) && !UNSAFE.test(text.replace(/[\n\t]/g, ''))

/**
 * What YAML does not take as it is, what ends a line, and what terminals act on or do not show: controls, separators,
 * directions of writing, what has no width, halves of characters.
 */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\ufeff\ufffe\uffff]/u

/** Whether a text needs no quotes: it holds no sign of YAML's, and would not be read as something else than a text. */
function isPlain(text: string): boolean {
  return PLAIN.test(text) && !/: |:$| #|^---|^\.\.\.| $/.test(text) && !OTHER_TYPES.some(type => type.test(text))
}

const PLAIN = /^(?:[^\s\-?:,[\]{}#&*!|>'"%@`=]|-(?=[^\s-])|--(?=[^\s-]))/

/** As readers of YAML 1.1 and 1.2 take them. */
const OTHER_TYPES: readonly RegExp[] = [
  /^(?:~|null|true|false|yes|no|on|off|y|n|<<)$/i,
  /^[-+]?(?:\.?\d[\d_]*(?:\.[\d_]*)?(?:e[-+]?\d+)?|0x[\da-f_]+|0o?[0-7_]+|0b[01_]+|\.inf)$/i,
  /^\.nan$/i,
  /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.\d*)?$/,
  /^\d{4}-\d\d?-\d\d?(?:$|[Tt\s])/,
]

function doubleQuoted(text: string): string {
  const escaped = Array.from(text.toWellFormed(), character => {
    if (character === '"' || character === '\\') return `\\${character}`
    return UNSAFE.test(character) ? (SHORT_ESCAPES[character] ?? escapeCharacter(character)) : character
  })
  return `"${escaped.join('')}"`
}

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '\r': '\\r', '\u001b': '\\e' }

function escapeCharacter(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16)
  if (hex.length <= 2) return `\\x${hex.padStart(2, '0')}`
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\U${hex.padStart(8, '0')}`
}
