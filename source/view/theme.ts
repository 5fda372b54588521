import type { ThemeName } from '../app/state.ts'
import { assertNever } from '../rules/assert-never.ts'
import type { Slot } from '../swarm/cluster.ts'
import type { NodeAvailability, NodeState } from '../swarm/node.ts'
import type { UpdateState } from '../swarm/service.ts'
import type { TaskState } from '../swarm/task.ts'
import { ASCII_GLYPHS, CONSOLE_GLYPHS, type Glyphs, UNICODE_GLYPHS } from './glyphs.ts'
import { type Depth, type Role, type Style, THEMES } from './themes.ts'

/** How the terminal may be written to. `isOld`: what is drawn is no longer known to be so. */
export type Looks = {
  readonly theme: ThemeName
  readonly depth: Depth
  readonly isAscii: boolean
  /** Linux' own console: its font has few signs beyond those of code page 437. */
  readonly hasConsoleFont?: boolean
  readonly isOld?: boolean
}

/** What is known of a terminal before it is known which theme its person wants. */
export type TerminalLooks = Pick<Looks, 'depth' | 'isAscii' | 'hasConsoleFont'>

/** What a piece of text is there for, and how it stands out from others of its kind. It never tells anything alone. */
export type Look = {
  /** Left out: plain. */
  readonly role?: Role
  /** How a log wants its text itself, as parameters of SGR: `31`, `1;38;5;208;44`. */
  readonly ownColours?: string
  readonly bold?: boolean
  readonly inverse?: boolean
}

export const PLAIN: Look = {}
export const QUIET: Look = { role: 'quiet' }
export const STRONG: Look = { role: 'strong' }
export const GOOD: Look = { role: 'good' }
export const WARNING: Look = { role: 'warning' }
export const DANGER: Look = { role: 'danger' }
export const KEY: Look = { role: 'key' }
/** What must not be overlooked: this is a simulation, this is read-only. */
export const BADGE: Look = { role: 'badge' }

/** What matches a search. */
export const HIT: Look = { role: 'warning', bold: true, inverse: true }
/** The name of a field, beside its value. */
export const FIELD: Look = { role: 'series-1' }

/** To tell tasks apart in logs, and lines in charts; where there are more, they go round. */
export const SERIES: readonly [Look, ...Look[]] = [
  { role: 'series-1' },
  { role: 'series-2' },
  { role: 'series-3' },
  { role: 'series-4' },
  { role: 'series-5' },
  { role: 'series-6' },
]

export function glyphsOf({ isAscii, hasConsoleFont = false }: Pick<Looks, 'isAscii' | 'hasConsoleFont'>): Glyphs {
  if (isAscii) return ASCII_GLYPHS
  return hasConsoleFont ? CONSOLE_GLYPHS : UNICODE_GLYPHS
}

/** Whether the terminal has none of the fine signs that charts are drawn with: Braille and eighths of blocks. */
export const isCoarse = ({ isAscii, hasConsoleFont = false }: Looks): boolean => isAscii || hasConsoleFont

/** The same terminal, for content that is old. */
export const asOld = (looks: Looks): Looks => ({ ...looks, isOld: true })

/** What becomes of a look on this terminal. */
export function styleOf(look: Look, { theme, depth, isOld = false }: Looks): Style {
  if (depth === 1) return {}
  if (isOld) return THEMES[theme].quiet[depth]
  const { role = 'plain', bold, inverse } = look
  const style = THEMES[theme][role][depth]
  if (bold === undefined && inverse === undefined) return style
  return { ...style, ...(bold && { bold }), ...(inverse && { inverse }) }
}

export type Weight = 'good' | 'info' | 'warning' | 'danger'

export function weightLook(weight: Weight): Look {
  switch (weight) {
    case 'good':
      return GOOD
    case 'info':
      return PLAIN
    case 'warning':
      return WARNING
    case 'danger':
      return DANGER
    default:
      return assertNever(weight)
  }
}

export function nodeStateLook(state: NodeState): Look {
  switch (state) {
    case 'ready':
      return GOOD
    case 'down':
      return DANGER
    case 'unknown':
    case 'disconnected':
      return WARNING
    default:
      return assertNever(state)
  }
}

export const availabilityLook = (availability: NodeAvailability): Look => (availability === 'active' ? PLAIN : WARNING)

export function taskStateLook(state: TaskState): Look {
  switch (state) {
    case 'running':
      return GOOD
    case 'failed':
    case 'rejected':
    case 'orphaned':
      return DANGER
    case 'complete':
    case 'shutdown':
    case 'remove':
      return QUIET
    case 'new':
    case 'allocated':
    case 'pending':
    case 'assigned':
    case 'accepted':
    case 'preparing':
    case 'ready':
    case 'starting':
      return WARNING
    default:
      return assertNever(state)
  }
}

export function updateLook(state: UpdateState): Look {
  switch (state) {
    case 'completed':
      return QUIET
    case 'updating':
      return WARNING
    case 'paused':
    case 'rollback_paused':
      return DANGER
    case 'rollback_started':
    case 'rollback_completed':
      return WARNING
    default:
      return assertNever(state)
  }
}

/** Of a slot that does not run. */
export const whyLook = (why: NonNullable<Slot['why']>): Look =>
  why.kind === 'failing' || why.kind === 'on-down-node' ? DANGER : WARNING

export const borderLook = (isFocused: boolean): Look => (isFocused ? KEY : QUIET)
export const titleLook = (isFocused: boolean): Look => (isFocused ? KEY : STRONG)
/** The selected row is one bar where the keys go to it; elsewhere it keeps its colours. */
export const selectedLook = (look: Look, isFocused: boolean): Look =>
  isFocused ? { inverse: true, bold: isBold(look) } : { ...look, bold: true }

const isBold = ({ role, bold = false }: Look): boolean => bold || role === 'strong' || role === 'danger'
