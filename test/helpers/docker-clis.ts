import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import type { TestContext } from 'node:test'
import { promisify } from 'node:util'
import { serveWorld } from '../../source/simulator/http/serve-world.ts'
import { newFolder } from './served-world.ts'
import { type SimulatedSwarm, simulatedSwarm } from './simulated-swarm.ts'

export type DockerCli = { readonly path: string; readonly version: string }

/** Every docker CLI on the PATH, one of each version: the newest and the oldest that people use must both work. */
export const DOCKER_CLIS: readonly DockerCli[] = findDockerClis()

/** Why tests with the real CLI cannot run here; false where they can. */
export const NO_DOCKER_CLI =
  DOCKER_CLIS.length === 0 && process.env.SWARMTOP_LAB !== 'required' && 'there is no docker CLI here'

export type Said = { readonly code: number; readonly out: string; readonly err: string }

export type Terminal = {
  readonly swarm: SimulatedSwarm
  readonly directory: string
  /** Runs docker on node1, or on another machine, and says what it said. */
  readonly docker: (...words: readonly string[]) => Promise<Said>
  readonly dockerOn: (machine: string, ...words: readonly string[]) => Promise<Said>
}

/** A swarm at rest on sockets, its time running fast, and a CLI to work it with. */
export async function openTerminal(
  context: TestContext,
  cli: DockerCli,
  swarm: SimulatedSwarm = simulatedSwarm({ epochMs: Date.now() }),
): Promise<Terminal> {
  const directory = await newFolder(context)
  const simulation = await serveWorld(swarm.simulator, { speed: 20, directory })
  context.after(simulation.close)
  const dockerOn = (machine: string, ...words: readonly string[]) =>
    run(cli, directory, `unix://${join(directory, `${machine}.sock`)}`, words)
  return { swarm, directory, dockerOn, docker: (...words) => dockerOn('node1', ...words) }
}

async function run(cli: DockerCli, directory: string, host: string, words: readonly string[]): Promise<Said> {
  const env = { PATH: process.env.PATH, HOME: directory, DOCKER_HOST: host }
  try {
    const { stdout, stderr } = await promisify(execFile)(cli.path, words, { cwd: directory, env, timeout: 30_000 })
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as { readonly code: number; readonly stdout: string; readonly stderr: string }
    return { code, out: stdout, err: stderr }
  }
}

function findDockerClis(): readonly DockerCli[] {
  const found = new Map<string, DockerCli>()
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, 'docker')
    if (folder === '' || !existsSync(path)) continue
    const version = /version ([\d.]+)/.exec(String(spawnSync(path, ['--version']).stdout))?.[1]
    if (version !== undefined && !found.has(version)) found.set(version, { path, version })
  }
  return [...found.values()]
}
