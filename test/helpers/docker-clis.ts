import { execFile, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { delimiter, dirname, join } from 'node:path'
import { promisify } from 'node:util'

export type DockerCli = { readonly path: string; readonly version: string }

export type Said = { readonly code: number; readonly out: string; readonly err: string }

/** Every docker CLI on the PATH, one of each version: the newest and the oldest that people use must both work. */
export function dockerClis(): readonly DockerCli[] {
  const found = new Map<string, DockerCli>()
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, 'docker')
    if (folder === '' || !existsSync(path)) continue
    const version = /version ([\d.]+)/.exec(String(spawnSync(path, ['--version']).stdout))?.[1]
    if (version !== undefined && !found.has(version)) found.set(version, { path, version })
  }
  return [...found.values()]
}

/** Runs docker on a machine's socket and says what it said. It works, and looks for its settings, in the socket's folder. */
export async function runDocker(cli: DockerCli, socketPath: string, words: readonly string[]): Promise<Said> {
  const directory = dirname(socketPath)
  const env = { PATH: process.env.PATH, HOME: directory, DOCKER_HOST: `unix://${socketPath}` }
  try {
    const { stdout, stderr } = await promisify(execFile)(cli.path, words, { cwd: directory, env, timeout: 60_000 })
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    const { code, stdout, stderr } = error as {
      readonly code: number
      readonly stdout: string
      readonly stderr: string
    }
    return { code, out: stdout, err: stderr }
  }
}
