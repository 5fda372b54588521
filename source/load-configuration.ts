import { readFileSync, type Stats, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import type { Configuration } from './config/configuration.ts'

export type LoadedConfiguration =
  /** `file`: null where there is none. */
  | { readonly ok: true; readonly file: string | null; readonly configuration: Configuration }
  /** What is wrong with it, a line for each fault. */
  | { readonly ok: false; readonly text: string }

/** The person's own configuration. Where there is no file nothing is loaded that would read one. */
export async function loadConfiguration(environment: NodeJS.ProcessEnv): Promise<LoadedConfiguration> {
  const file = configurationFile(environment)
  try {
    const stats = statSync(file, { throwIfNoEntry: false })
    if (stats === undefined) return { ok: true, file: null, configuration: {} }
    const obstacle = obstacleTo(stats)
    if (obstacle !== null) return { ok: false, text: `${file} ${obstacle}` }
    const { parseConfiguration } = await import('./config/parse-configuration.ts')
    const parsed = parseConfiguration(readFileSync(file, 'utf8'), file)
    return parsed.ok ? { ok: true, file, configuration: parsed.configuration } : parsed
  } catch (error) {
    if (error instanceof Error && 'code' in error)
      return { ok: false, text: `${file} cannot be read: ${error.message}` }
    throw error
  }
}

/** Source: XDG Base Directory Specification, by which a relative path counts for nothing. */
export function configurationFile({ XDG_CONFIG_HOME = '' }: NodeJS.ProcessEnv): string {
  const home = isAbsolute(XDG_CONFIG_HOME) ? XDG_CONFIG_HOME : join(homedir(), '.config')
  return join(home, 'swarmtop', 'config.yaml')
}

const LARGEST_FILE_BYTES = 1024 * 1024

function obstacleTo(stats: Stats): string | null {
  if (!stats.isFile()) return 'is no file: move it away, or write a file of that name'
  return stats.size > LARGEST_FILE_BYTES ? 'is too large for a configuration' : null
}
