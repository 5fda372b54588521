import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readScript } from './read-script.ts'
import type { Script } from './script.ts'

const FOLDER = join(import.meta.dirname, 'scripts')

/** All scripts there are, or those of these names. */
export function readScripts(names: readonly string[] = []): readonly Script[] {
  const there = readdirSync(FOLDER).map(file => file.replace(/\.script$/, ''))
  const unknown = names.find(name => !there.includes(name))
  if (unknown !== undefined) throw new Error(`There is no script ${unknown}; there are ${there.join(', ')}`)
  return there
    .filter(name => names.length === 0 || names.includes(name))
    .map(name => readScript(join(FOLDER, `${name}.script`)))
    .toSorted(byStart)
}

/** Scripts that start from the same swarm are played in a row, since a swarm is mended sooner than made. */
function byStart(one: Script, other: Script): number {
  return JSON.stringify(one.start).localeCompare(JSON.stringify(other.start)) || one.name.localeCompare(other.name)
}

export type Lane = { readonly engines: number; readonly scripts: readonly Script[] }

/**
 * Real engines make one wait: for heartbeats that stay away, for elections. So the scripts that need three machines are
 * played on a lab of their own, at the same time as those that need five.
 */
export function lanesOf(scripts: readonly Script[]): readonly Lane[] {
  const lanes = Map.groupBy(scripts, script => (highestMachine(script) > 3 ? 5 : 3))
  return [...lanes].map(([engines, scripts]) => ({ engines, scripts }))
}

function highestMachine({ start, steps }: Script): number {
  const words = [...start.managers, ...start.workers, ...steps.map(({ text }) => text)].join(' ')
  return Math.max(...(words.match(/node\d/g) ?? []).map(name => Number(name.slice('node'.length))))
}
