import { execFile, spawnSync } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

export type DockerCli = { readonly version: string; readonly path: string }
export type CliRun = { readonly code: number; readonly out: string; readonly err: string }

/** Every docker CLI on the PATH, one of each version. */
export function dockerClis(): readonly DockerCli[] {
  const folders = (process.env.PATH ?? '').split(delimiter)
  const paths = folders.map(folder => join(folder, 'docker')).filter(existsSync)
  const versions = new Map<string, string>()
  for (const path of new Set(paths.map(found => realpathSync(found)))) {
    const [, version] = /version ([\d.]+)/.exec(spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout) ?? []
    if (version !== undefined && !versions.has(version)) versions.set(version, path)
  }
  return Array.from(versions, ([version, path]) => ({ version, path }))
}

/** Runs it on an engine's socket, with no configuration but the defaults, and never throws for what it says. */
export async function runDocker(cli: DockerCli, socket: string, words: readonly string[]): Promise<CliRun> {
  const env = { PATH: process.env.PATH, HOME: '/nonexistent', DOCKER_HOST: `unix://${socket}` }
  try {
    const { stdout, stderr } = await promisify(execFile)(cli.path, [...words], { env })
    return { code: 0, out: stdout, err: stderr }
  } catch (error) {
    const { code = 1, stdout = '', stderr = '' } = error as { code?: number; stdout?: string; stderr?: string }
    return { code, out: stdout, err: stderr }
  }
}
