import { assertNever } from '../rules/assert-never.ts'
import type { Slot } from '../swarm/cluster.ts'
import type { NodeAvailability, NodeState } from '../swarm/node.ts'
import type { UpdateState } from '../swarm/service.ts'
import type { TaskState } from '../swarm/task.ts'
import { ASCII_GLYPHS, type Glyphs, UNICODE_GLYPHS } from './glyphs.ts'

/** How the terminal may be written to. `isOld`: what is drawn is no longer known to be so. */
export type Looks = {
  readonly hasColour: boolean
  readonly isAscii: boolean
  readonly isOld?: boolean
}

/** What Ink is told of a piece of text. Colours are named in this file alone, and never tell anything alone. */
export type Look = {
  readonly color?: 'green' | 'yellow' | 'red' | 'cyan' | 'magenta'
  readonly bold?: boolean
  readonly dimColor?: boolean
  readonly inverse?: boolean
}

export const PLAIN: Look = {}
export const QUIET: Look = { dimColor: true }
export const STRONG: Look = { bold: true }
export const GOOD: Look = { color: 'green' }
export const WARNING: Look = { color: 'yellow' }
export const DANGER: Look = { color: 'red', bold: true }
export const KEY: Look = { color: 'cyan', bold: true }
/** What must not be overlooked: this is a simulation, this is read-only. */
export const BADGE: Look = { color: 'magenta', bold: true, inverse: true }

const OLD: Look = { dimColor: true }

export const glyphsOf = (looks: Looks): Glyphs => (looks.isAscii ? ASCII_GLYPHS : UNICODE_GLYPHS)

/** The same terminal, for content that is old. */
export const asOld = (looks: Looks): Looks => ({ ...looks, isOld: true })

/** What is left of a look on this terminal. */
export function applyLooks(look: Look, looks: Looks): Look {
  if (!looks.hasColour) return PLAIN
  return looks.isOld ? OLD : look
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
  isFocused ? { inverse: true, bold: look.bold ?? false } : { ...look, bold: true }
