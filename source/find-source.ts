import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SimulationOptions, SourceOptions } from './command-line.ts'
import type { Endpoint } from './engine/endpoint.ts'
import { findEndpoints } from './engine/find-endpoints.ts'
import type { Scenario } from './simulator/scenarios/scenario.ts'
import { explainProblem } from './swarm/explain-problem.ts'

/** Where the swarm is: the hosts to ask, and for a simulation the world that has to be started first. */
export type Source = {
  readonly kind: 'engine' | 'simulator'
  /** For the header: the docker context, the host, or the scenario. */
  readonly name: string
  readonly endpoints: readonly Endpoint[]
  /** Ends the simulation, if it is one. */
  readonly close: () => Promise<void>
}

export type FoundSource =
  | { readonly ok: true; readonly source: Source }
  /** `isUsage`: the fault is in an argument, not in a file. */
  | { readonly ok: false; readonly text: string; readonly isUsage: boolean }

/** Finds the engines as the docker CLI would, or starts a simulated swarm and finds its sockets. */
export async function findSource(options: SourceOptions): Promise<FoundSource> {
  return options.kind === 'engine' ? findEngines(options) : startSimulation(options)
}

/** The same where nothing is to be asked: of a simulation no more than its name, since none is started. */
export async function describeSource(options: SourceOptions): Promise<FoundSource> {
  if (options.kind === 'engine') return findEngines(options)
  const { loadScenario } = await import('./load-scenario.ts')
  const loaded = await loadScenario(options.scenario)
  if (!loaded.ok) return loaded
  return { ok: true, source: { kind: 'simulator', name: loaded.scenario.name, endpoints: [], close: async () => {} } }
}

/** The engines that a context or hosts mean, as the docker CLI would find them. */
export async function findEngines(options: SourceOptions & { kind: 'engine' }): Promise<FoundSource> {
  const { hosts, context } = options
  const found = await findEndpoints({ hosts, context, env: process.env, home: homedir() })
  if (!found.ok) return { ok: false, text: explainProblem(found.problem), isUsage: hosts.length > 0 }
  const [first] = found.value
  const name = first === undefined ? '' : first.context === '' ? first.name : `${first.context} (${first.name})`
  return { ok: true, source: { kind: 'engine', name, endpoints: found.value, close: async () => {} } }
}

async function startSimulation(options: SourceOptions & { kind: 'simulator' }): Promise<FoundSource> {
  const { loadScenario } = await import('./load-scenario.ts')
  const loaded = await loadScenario(options.scenario)
  if (!loaded.ok) return loaded
  const { ListenProblem } = await import('./simulator/http/listen-problem.ts')
  try {
    return { ok: true, source: await serve(loaded.scenario, options) }
  } catch (error) {
    if (error instanceof ListenProblem) return { ok: false, text: error.message, isUsage: false }
    throw error
  }
}

async function serve(scenario: Scenario, { seed, speed }: SimulationOptions): Promise<Source> {
  const { serveSimulation } = await import('./simulator/http/serve-simulation.ts')
  const directory = await makeDirectory()
  // However the program ends: by a signal, by a failure, or in order.
  process.once('exit', () => rmSync(directory, { recursive: true, force: true }))
  const simulation = await serveSimulation({ scenario, seed, speed, directory, epochMs: Date.now() })
  const managers = simulation.sockets.filter(({ isManager }) => isManager)
  const endpoints = (managers.length > 0 ? managers : simulation.sockets).map(
    ({ path }): Endpoint => ({ kind: 'unix', name: `unix://${path}`, context: '', path }),
  )
  return { kind: 'simulator', name: scenario.name, endpoints, close: simulation.close }
}

async function makeDirectory(): Promise<string> {
  const { ListenProblem } = await import('./simulator/http/listen-problem.ts')
  return mkdtemp(join(tmpdir(), 'swarmtop-')).catch(error => {
    throw new ListenProblem(`No folder for the simulation can be made in ${tmpdir()}: ${error.message}`)
  })
}
