import { createReadStream } from 'node:fs'
import type { Scenario } from './simulator/scenarios/scenario.ts'

export type LoadedScenario =
  | { readonly ok: true; readonly scenario: Scenario }
  /** `isUsage`: there is no scenario of that name; else the fault is in a file. */
  | { readonly ok: false; readonly text: string; readonly isUsage: boolean }

/** Ten thousand services would not take as much. */
const LARGEST_FILE_BYTES = 16 * 1024 * 1024

/** The scenario that a name or the path of a YAML file stands for, or one sentence that says what is wrong with it. */
export async function loadScenario(given: string): Promise<LoadedScenario> {
  return isPath(given) ? readScenario(given) : findByName(given)
}

function isPath(given: string): boolean {
  return given.includes('/') || /\.ya?ml$/.test(given)
}

async function findByName(name: string): Promise<LoadedScenario> {
  const { findScenario, SCENARIO_NAMES } = await import('./simulator/scenarios/find-scenario.ts')
  const scenario = findScenario(name)
  if (scenario !== null) return { ok: true, scenario }
  const text = `There is no scenario "${name}": there are ${SCENARIO_NAMES.join(', ')}; a file ends in .yaml or has a / in its name`
  return { ok: false, text, isUsage: true }
}

async function readScenario(file: string): Promise<LoadedScenario> {
  const { parseScenario } = await import('./simulator/scenarios/parse-scenario.ts')
  try {
    const text = await readText(file)
    if (text === null) return { ok: false, text: `${file} is too large for a scenario`, isUsage: false }
    const parsed = parseScenario(text, file)
    return parsed.ok ? parsed : { ok: false, text: parsed.text, isUsage: false }
  } catch (error) {
    return { ok: false, text: `${file} cannot be read: ${explain(error as NodeJS.ErrnoException)}`, isUsage: false }
  }
}

/** Null for more than a scenario can be; a device or a pipe has no size to ask for before. */
async function readText(file: string): Promise<string | null> {
  let text = ''
  for await (const chunk of createReadStream(file, { encoding: 'utf8' })) {
    text += chunk
    if (text.length > LARGEST_FILE_BYTES) return null
  }
  return text
}

function explain({ code, message }: NodeJS.ErrnoException): string {
  return REASONS[code ?? ''] ?? message
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a directory',
  EACCES: 'you may not read it',
}
