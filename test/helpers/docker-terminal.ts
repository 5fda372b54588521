import type { TestContext } from 'node:test'
import { type DockerCli, runDocker, type Said } from './docker-clis.ts'
import { servedWorld } from './served-world.ts'
import { type SimulatedSwarm, simulatedSwarm } from './simulated-swarm.ts'

export type Terminal = {
  readonly swarm: SimulatedSwarm
  /** Where the CLI works, with the sockets. */
  readonly directory: string
  /** Runs docker on node1. */
  readonly docker: (...words: readonly string[]) => Promise<Said>
  readonly dockerOn: (machine: string, ...words: readonly string[]) => Promise<Said>
}

/** A swarm at rest on sockets, its time running fast from now on, and a CLI to work it with. */
export async function dockerTerminal(context: TestContext, cli: DockerCli): Promise<Terminal> {
  const swarm = simulatedSwarm({ epochMs: Date.now() })
  const { directory, pathOf } = await servedWorld(context, swarm.simulator, 20)
  const dockerOn = (machine: string, ...words: readonly string[]) => runDocker(cli, pathOf(machine), words)
  return { swarm, directory, dockerOn, docker: (...words) => dockerOn('node1', ...words) }
}
