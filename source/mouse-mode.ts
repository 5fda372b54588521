import type { Program } from './program.ts'

/** Clicks and the wheel, told in numbers that may be larger than 223. Source: xterm's ctlseqs, modes 1000 and 1006. */
const ON = '\u001b[?1000h\u001b[?1006h'
const OFF = '\u001b[?1006l\u001b[?1000l'

export type MouseMode = {
  /** Leaves the mouse to another program for a while, and takes it again. */
  readonly during: (borrow: () => Promise<void>) => Promise<void>
  /** Gives it back for good. */
  readonly stop: () => void
}

/** Asks the terminal to tell of the mouse for as long as the person wants it; without that nothing is ever written. */
export function followMouse(program: Program, write: (sequence: string) => void): MouseMode {
  let isOn = false
  let isLent = false
  const turn = (wanted: boolean) => {
    if (wanted === isOn) return
    isOn = wanted
    write(wanted ? ON : OFF)
  }
  const follow = () => turn(!isLent && program.state().preferences.hasMouse)
  const leave = program.subscribe(follow)
  // However the program ends: a mouse that goes on being told of fills the shell with signs.
  const giveBack = () => turn(false)
  process.on('exit', giveBack)
  follow()
  return {
    during: async borrow => {
      isLent = true
      follow()
      try {
        await borrow()
      } finally {
        isLent = false
        follow()
      }
    },
    stop: () => {
      leave()
      process.off('exit', giveBack)
      turn(false)
    },
  }
}
