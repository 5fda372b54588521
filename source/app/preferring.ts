import { notify } from './navigating.ts'
import { type Preferences, type State, THEME_NAMES } from './state.ts'

/** Draws in another theme from now on; says which there are where the name is none of theirs. */
export function changeTheme(state: State, name: string): State {
  const theme = THEME_NAMES.find(known => known === name)
  if (theme === undefined) {
    return notify(state, 'warning', `There is no theme "${name}": there are ${THEME_NAMES.join(', ')}`)
  }
  return prefer(state, { theme })
}

/** Hears the mouse from now on, or leaves it to the terminal. */
export function switchMouse(state: State, word: string): State {
  if (word !== 'on' && word !== 'off') {
    return notify(state, 'warning', `The mouse is on or off, and not "${word}"`)
  }
  const hasMouse = word === 'on'
  const text = hasMouse
    ? 'The mouse selects and scrolls; most terminals select text with Shift held'
    : 'The mouse is off'
  return notify(prefer(state, { hasMouse }), 'info', text)
}

/** The state with some preferences changed. */
export const prefer = (state: State, change: Partial<Preferences>): State => ({
  ...state,
  preferences: { ...state.preferences, ...change },
})
