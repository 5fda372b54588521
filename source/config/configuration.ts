import type { Binding } from '../app/keys.ts'
import type { ListScreen } from '../app/screen.ts'
import type { Preferences } from '../app/state.ts'

/** What a configuration file says; what it says nothing of is left out. */
export type Configuration = {
  readonly intervalMs?: number
  readonly theme?: Preferences['theme']
  /** What is looked at first. */
  readonly screen?: ListScreen
  readonly timeZone?: Preferences['timeZone']
  readonly zoneLabel?: string
  readonly hasBell?: boolean
  readonly hasMouse?: boolean
  readonly columns?: Preferences['columns']
  /** All of them, where some have other keys than the usual ones. */
  readonly bindings?: readonly Binding[]
  readonly isReadOnly?: boolean
  readonly isAscii?: boolean
  readonly hasColour?: boolean
}
