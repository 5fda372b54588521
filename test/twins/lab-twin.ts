import { setTimeout as sleep } from 'node:timers/promises'
import type { Lab } from '../lab/lab.ts'
import type { Twin } from './twin.ts'

/** A look takes a while too. */
const BETWEEN_LOOKS_MS = 80

export function labTwin(lab: Lab): Twin {
  return {
    name: 'lab',
    machines: lab.machines,
    strike: (action, machine) => lab[action](machine),
    isRunning: lab.isRunning,
    now: () => performance.now(),
    pass: ms => sleep(ms),
    watch: look => {
      let isOver = false
      const watching = (async () => {
        while (!isOver) await look().then(() => sleep(BETWEEN_LOOKS_MS))
      })()
      return {
        stop: () => {
          isOver = true
          return watching
        },
      }
    },
    atOurPace: work => work(),
  }
}
