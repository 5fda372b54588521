import type { Options } from './options.ts'
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
  return { depth: hasColour ? depthOf(environment, stream) : 1, isAscii, hasConsoleFont: environment.TERM === 'linux' }
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

/**
 * Whether the person's language is written in UTF-8. Where nothing is said of it, as in many containers, it mostly is.
 * Source: POSIX, Base Definitions 8.2: the first of these that is set and not empty counts.
 */
export function speaksUtf8({ LC_ALL, LC_CTYPE, LANG }: NodeJS.ProcessEnv): boolean {
  const locale = LC_ALL || LC_CTYPE || LANG || ''
  return locale === '' || /\.utf-?8/i.test(locale)
}

/** Why there can be no dashboard on this terminal, in a sentence with the mend; null where there can. */
export function terminalObstacle({ TERM = '' }: NodeJS.ProcessEnv, platform: NodeJS.Platform): string | null {
  if (TERM === 'dumb') {
    return 'TERM is dumb, a terminal that cannot place its cursor: set it to what yours is, as TERM=xterm-256color'
  }
  if (TERM !== '' || platform === 'win32') return null
  return 'TERM is not set, and without it no cursor can be placed: set it to what your terminal is, as TERM=xterm-256color'
}
