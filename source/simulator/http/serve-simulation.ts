import { buildWorld } from '../scenarios/build-world.ts'
import type { Scenario } from '../scenarios/scenario.ts'
import { load } from '../simulator.ts'
import { type Simulation, serveWorld } from './serve-world.ts'

/**
 * Starts a simulated swarm: one unix socket a machine, `DIRECTORY/<machine>.sock`, that speaks the Docker Engine API, and
 * `DIRECTORY/control.sock` for what no engine has. `epochMs` is the wall clock now, in milliseconds since 1970; `speed`
 * how many simulated seconds a real one has. The swarm has its scenario's history behind it. Throws a `ListenProblem`
 * for sockets that cannot be made.
 */
export async function serveSimulation(options: {
  readonly scenario: Scenario
  readonly seed: number
  readonly speed: number
  readonly directory: string
  readonly epochMs: number
}): Promise<Simulation> {
  const { scenario, seed, epochMs } = options
  const simulator = load(buildWorld(scenario, seed, epochMs))
  simulator.advance(0)
  return serveWorld(simulator, options)
}

export type { Simulation } from './serve-world.ts'
