import type { SimulationOptions } from './command-line.ts'
import type { Scenario } from './simulator/scenarios/scenario.ts'
import { visibleText } from './view/visible-text.ts'

const EXIT_CANNOT_LISTEN = 66

/**
 * Serves a simulation until a signal ends it, and resolves with the exit code. On standard output: a line
 * `MACHINE unix:///PATH` for each machine, then `ready`.
 */
export async function runSimulation(
  scenario: Scenario,
  { seed, speed }: SimulationOptions,
  directory: string,
): Promise<number> {
  const [{ serveSimulation }, { ListenProblem }] = await Promise.all([
    import('./simulator/http/serve-simulation.ts'),
    import('./simulator/http/listen-problem.ts'),
  ])
  const isOver = signalled()
  try {
    const simulation = await serveSimulation({ scenario, seed, speed, directory, epochMs: Date.now() })
    const lines = simulation.sockets.map(({ machine, path }) => `${machine} unix://${path}`)
    process.stdout.write(`${[...lines, 'ready'].join('\n')}\n`)
    await isOver
    await simulation.close()
    return 0
  } catch (error) {
    if (!(error instanceof ListenProblem)) throw error
    process.stderr.write(`swarmtop: ${visibleText(error.message)}\n`)
    return EXIT_CANNOT_LISTEN
  }
}

/** Resolves at the first signal that wants an end; the next one is not waited for. */
function signalled(): Promise<void> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve())
  })
}
