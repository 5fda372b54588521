import { buildWorld } from '../scenarios/build-world.ts'
import { findScenario } from '../scenarios/find-scenario.ts'
import { load } from '../simulator.ts'
import { type Simulation, serveWorld } from './serve-world.ts'

/**
 * Starts a simulated swarm: one unix socket a machine, `DIRECTORY/<machine>.sock`, that speaks the Docker Engine API.
 * `epochMs` is the wall clock now, in milliseconds since 1970; `speed` how many simulated seconds a real one has. The
 * swarm has its scenario's history behind it. Throws for a scenario that does not exist and for sockets that cannot be
 * made.
 */
export async function serveSimulation(options: {
  readonly scenario: string
  readonly seed: number
  readonly speed: number
  readonly directory: string
  readonly epochMs: number
}): Promise<Simulation> {
  const scenario = findScenario(options.scenario)
  if (scenario === null) throw new Error(`There is no scenario "${options.scenario}"`)
  const simulator = load(buildWorld(scenario, options.seed, options.epochMs))
  simulator.advance(0)
  return serveWorld(simulator, options)
}

export type { Simulation } from './serve-world.ts'
