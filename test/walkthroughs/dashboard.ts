import type { TestContext } from 'node:test'
import { allShown, type Shown } from '../helpers/dashboard-screen.ts'
import type { Terminal } from '../helpers/terminal.ts'
import { onSockets, openProgram } from '../helpers/whole-program.ts'
import type { Stage } from './stage.ts'

/** The dashboard beside the stage's shell, worked by keys. */
export type Dashboard = {
  readonly terminal: Terminal
  /** Waits for a screen that shows all of it. */
  readonly shows: (...wanted: readonly Shown[]) => Promise<string>
  /** Goes to a node by name and presses a key there. */
  readonly onNode: (name: string, key: string) => Promise<void>
  /** The same with a service. */
  readonly onService: (name: string, key: string) => Promise<void>
  /** Reads what is asked, which must be all of this, and says yes. */
  readonly agree: (...asked: readonly Shown[]) => Promise<void>
  /** Goes to the overview. */
  readonly overview: () => void
}

/** Opens it on machines that are or may become managers: the others are for falling over to. */
export function openDashboard(t: TestContext, stage: Stage, ...machines: readonly string[]): Dashboard {
  const terminal = openProgram(t, onSockets(...machines.map(stage.socketOf)), { columns: 140, rows: 50 })
  const shows = (...wanted: readonly Shown[]) => terminal.waitForScreen(allShown(...wanted), { limitMs: 30_000 })
  const goTo = async (noun: 'node' | 'service', name: string) => {
    terminal.press(':')
    await shows('Enter goes')
    terminal.type(`${noun} ${name}`)
    terminal.press('enter')
    await shows(new RegExp(`─ ${noun} ${name}\\b`, 'i'))
  }
  return {
    terminal,
    shows,
    onNode: async (name, key) => {
      await goTo('node', name)
      terminal.press(key)
    },
    onService: async (name, key) => {
      await goTo('service', name)
      terminal.press(key)
    },
    agree: async (...asked) => {
      await shows(...asked, 'Enter answers')
      terminal.press('y')
      await shows(screen => !screen.includes('Enter answers'))
    },
    overview: () => terminal.press('1'),
  }
}
