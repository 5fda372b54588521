import type { Options } from './command-line.ts'
import type { TerminalLooks } from './view/theme.ts'
import type { Depth } from './view/themes.ts'

type ColourfulStream = { readonly getColorDepth?: (environment?: object) => number }

/**
 * How the terminal may be written to, from what was asked for, from its name and from what it says of itself in the
 * environment. `stream`: its standard output, which knows the names of most terminals.
 */
export function terminalLooks(
  { hasColour, isAscii }: Pick<Options, 'hasColour' | 'isAscii'>,
  environment: NodeJS.ProcessEnv,
  stream: ColourfulStream,
): TerminalLooks {
  return { depth: hasColour ? depthOf(environment, stream) : 1, isAscii }
}

/** Node looks for 256 colours in the names of few terminals: `screen-256color` is none of them. */
function depthOf(environment: NodeJS.ProcessEnv, stream: ColourfulStream): Depth {
  // An empty NO_COLOR means nothing (https://no-color.org); Node takes it for a wish.
  const { NO_COLOR: _, ...others } = environment
  const bits = stream.getColorDepth?.(others) ?? 1
  if (bits > 1 && /-256(color)?$/.test(environment.TERM ?? '')) return 256
  if (bits >= 8) return 256
  return bits >= 4 ? 16 : 1
}
