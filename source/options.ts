import type { Binding } from './app/keys.ts'
import type { ListScreen } from './app/screen.ts'
import type { Preferences } from './app/state.ts'
import type { GivenOptions, SourceOptions } from './command-line.ts'
import type { LoadedConfiguration } from './load-configuration.ts'
import { speaksUtf8 } from './terminal-looks.ts'

/** What holds for a run, whoever said it. */
export type Options = {
  readonly source: SourceOptions
  readonly intervalMs: number
  readonly isReadOnly: boolean
  readonly isAscii: boolean
  readonly hasColour: boolean
  /** The file that was read; null where there is none. */
  readonly configurationFile: string | null
  /** What is looked at first. */
  readonly screen: ListScreen
  readonly preferences: Preferences
  /** All of them, where some have other keys than the usual ones. */
  readonly bindings: readonly Binding[] | null
}

const USUAL_INTERVAL_MS = 1000

/** The command line before the file, the file before what the environment gives to understand, that before what is usual. */
export function settleOptions(
  given: GivenOptions,
  { file, configuration }: LoadedConfiguration & { readonly ok: true },
  usual: Preferences,
  environment: NodeJS.ProcessEnv,
): Options {
  const { theme, timeZone, zoneLabel, hasBell, hasMouse, columns } = configuration
  return {
    source: given.source,
    intervalMs: given.intervalMs ?? configuration.intervalMs ?? USUAL_INTERVAL_MS,
    isReadOnly: given.isReadOnly || (configuration.isReadOnly ?? false),
    isAscii: given.isAscii || (configuration.isAscii ?? !speaksUtf8(environment)),
    hasColour: given.hasColour && (configuration.hasColour ?? true),
    configurationFile: file,
    screen: configuration.screen ?? 'overview',
    preferences: {
      ...usual,
      theme: theme ?? (hasLightBackground(environment) ? 'light' : usual.theme),
      timeZone: timeZone ?? usual.timeZone,
      zoneLabel: zoneLabel ?? usual.zoneLabel,
      hasBell: hasBell ?? usual.hasBell,
      hasMouse: hasMouse ?? !isOverSsh(environment),
      columns: columns ?? usual.columns,
    },
    bindings: configuration.bindings ?? null,
  }
}

/** A mouse that is reported over a slow line makes it slower, and takes from the person what their terminal selects. */
const isOverSsh = ({ SSH_CONNECTION = '', SSH_TTY = '' }: NodeJS.ProcessEnv): boolean =>
  SSH_CONNECTION !== '' || SSH_TTY !== ''

/**
 * Some terminals tell the colours of their text and background, as `0;15`. Source: vim's src/term.c (term_bg_default),
 * which takes 0 to 6 and 8 for dark.
 */
function hasLightBackground({ COLORFGBG = '' }: NodeJS.ProcessEnv): boolean {
  const background = /;(\d{1,2})$/.exec(COLORFGBG)?.[1]
  return background !== undefined && (background === '7' || Number(background) > 8)
}
