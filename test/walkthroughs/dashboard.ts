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
  /** The same where a name has to be typed. */
  readonly agreeByName: (name: string, ...asked: readonly Shown[]) => Promise<void>
  /** Presses a key on a service that asks for a value, and gives it in place of what stands there. */
  readonly setOnService: (name: string, key: string, value: string, prompt: Shown) => Promise<void>
  /** Goes to the overview. */
  readonly overview: () => void
}

/** Opens it on machines that are or may become managers: the others are for falling over to. `limitMs`: for one screen. */
export function openDashboard(
  t: TestContext,
  { socketOf, limitMs = 30_000 }: Pick<Stage, 'socketOf'> & { readonly limitMs?: number },
  ...machines: readonly string[]
): Dashboard {
  const terminal = openProgram(t, onSockets(...machines.map(socketOf)), { columns: 140, rows: 50 })
  const shows = (...wanted: readonly Shown[]) => terminal.waitForScreen(allShown(...wanted), { limitMs })
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
      await shows(...asked, ...READY)
      await answer(terminal, () => terminal.press('y'))
    },
    agreeByName: async (name, ...asked) => {
      await shows(...asked, `type ${name} to do it`, ...READY)
      await answer(terminal, () => {
        terminal.press('ctrl+u')
        terminal.type(name)
        terminal.press('enter')
      })
    },
    setOnService: async (name, key, value, prompt) => {
      await goTo('service', name)
      terminal.press(key)
      await shows(prompt, 'Enter goes on')
      terminal.press('ctrl+u')
      terminal.type(value)
      terminal.press('enter')
    },
    overview: () => terminal.press('1'),
  }
}

/** A question that is heard, and whose plan is there. */
const READY: readonly Shown[] = ['Esc is no', screen => !screen.includes('planning what will move …')]

/** Answers it again where it has changed under the answer, as it does when the swarm does, and then wants to be read anew. */
async function answer(terminal: Terminal, give: () => void): Promise<void> {
  for (let tries = 1; ; tries++) {
    give()
    const gone = terminal.waitForScreen(screen => !/Esc is no|read first/.test(screen), { limitMs: 2_000 })
    const isGone = await gone.then(
      () => true,
      () => false,
    )
    if (isGone) return
    if (tries === MOST_TRIES) throw new Error(`the question stays however it is answered:\n${terminal.screen()}`)
  }
}

const MOST_TRIES = 5
