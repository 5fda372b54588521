/**
 * The same terminal for fewer bytes. Ink moves down line by line over what has not changed, and before a changed end of
 * a line it repeats every change of style since the line's beginning: over a slow line that is most of what a quiet
 * second costs. What is left out changes nothing on the screen. Everything but `write` is the stream's own.
 */
export function thriftyOutput(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return new Proxy(stream, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property)
      if (property === 'write') {
        return (chunk: unknown, ...rest: unknown[]) =>
          Reflect.apply(target.write, target, [typeof chunk === 'string' ? saveBytes(chunk) : chunk, ...rest])
      }
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
}

/** An output with the same effect: moves down are taken together, and of styles in a row only those that will count. */
export function saveBytes(output: string): string {
  return output.replace(STYLES_IN_A_ROW, keepWhatCounts).replace(MOVES_DOWN, moves => {
    const lines = moves.length / MOVE_DOWN.length
    return lines === 1 ? moves : `\u001b[${lines}E`
  })
}

const MOVE_DOWN = '\u001b[E'
const MOVES_DOWN = /(?:\u001b\[E)+/g
const STYLES_IN_A_ROW = /(?:\u001b\[[\d;]*m){2,}/g
const STYLE = /\[([\d;]*)m/g

/** Of colours, and of a style and its end, the last one counts; what counts is said in one sequence. */
function keepWhatCounts(styles: string): string {
  const overruled = new Set<string>()
  const kept: string[] = []
  for (const [, code = ''] of Array.from(styles.matchAll(STYLE)).toReversed()) {
    const family = familyOf(code)
    if (family !== null && overruled.has(family)) continue
    kept.unshift(code)
    if (family === 'everything') break
    for (const earlier of overrules(family)) overruled.add(earlier)
  }
  return `\u001b[${kept.join(';')}m`
}

/** Which codes say something of the same thing; null where that is not known, as of several codes in one sequence. */
function familyOf(code: string): string | null {
  return FAMILIES.find(([, pattern]) => pattern.test(code))?.[0] ?? null
}

/** Bold and dim may both be on, and end together. */
function overrules(family: string | null): readonly string[] {
  if (family === 'intensity') return ['intensity', 'bold', 'dim']
  return family === null ? [] : [family]
}

const FAMILIES: readonly (readonly [family: string, pattern: RegExp])[] = [
  ['foreground', /^(?:3[0-79]|9[0-7]|38;5;\d+|38;2;\d+;\d+;\d+)$/],
  ['intensity', /^22$/],
  ['bold', /^1$/],
  ['dim', /^2$/],
  ['inverse', /^2?7$/],
  ['background', /^(?:4[0-79]|10[0-7]|48;5;\d+|48;2;\d+;\d+;\d+)$/],
  ['underline', /^(?:4|21|24)$/],
  ['italic', /^2?3$/],
  ['hidden', /^2?8$/],
  ['struck', /^2?9$/],
  ['everything', /^0?$/],
]
