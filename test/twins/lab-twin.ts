import type { Lab } from '../lab/lab.ts'
import type { Twin } from './twin.ts'

export function labTwin(lab: Lab): Twin {
  return {
    name: 'lab',
    speed: 1,
    machines: lab.machines,
    strike: (action, machine) => lab[action](machine),
    isRunning: lab.isRunning,
  }
}
