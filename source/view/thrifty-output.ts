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
const STYLES_IN_A_ROW = /(?:\u001b\[\d+m){2,}/g
const STYLE = /\d+/g

/** Bold (1) and dim (2) may both be on and end together (22); of reverse (7, 27) and of colours the last one counts. */
function keepWhatCounts(styles: string): string {
  const overruled = new Set<string>()
  const kept: string[] = []
  for (const code of (styles.match(STYLE) ?? []).toReversed()) {
    if (overruled.has(code)) continue
    kept.unshift(`\u001b[${code}m`)
    for (const earlier of overrules(code)) overruled.add(earlier)
  }
  return kept.join('')
}

function overrules(code: string): readonly string[] {
  if (code === '22') return INTENSITIES
  if (REVERSES.includes(code)) return REVERSES
  return COLOURS.includes(code) ? COLOURS : []
}

const INTENSITIES = ['1', '2', '22']
const REVERSES = ['7', '27']
const COLOURS = ['30', '31', '32', '33', '34', '35', '36', '37', '39']
