import type { ApiTaskSpec } from '../../api/task.ts'
import { type ImageBehaviour, WELL_BEHAVED } from '../world/image.ts'
import type { Script } from '../world/machine.ts'
import { type Deed, readCommand } from './read-command.ts'

/** How long it takes a small program to come and go. */
const MOMENT_MS = [5, 30] as const
export const SILENCE: Script = { lines: [], loop: null }

/**
 * What a container's command makes of its image's behaviour, and what it writes. A command that is not known leaves the
 * image as it is, and so does any where the scenario has said how it shall be.
 */
export function obeyCommand(
  image: ImageBehaviour,
  { Command, Args, Init, TTY }: NonNullable<ApiTaskSpec['ContainerSpec']>,
): { readonly behaviour: ImageBehaviour; readonly script: Script } {
  const words = [...(Command ?? []), ...(Args ?? [])]
  const command = words.length === 0 && image.isShell ? ['sh'] : words
  const deed = readCommand(command, TTY === true)
  if (deed === null && !image.isShell) return { behaviour: image, script: SILENCE }
  // Process 1 is told nothing by a signal that it has no handler for; of an init's child, that is its end.
  const stopMs = Init === true ? WELL_BEHAVED.stopMs : 'ignores-signal'
  const obedient = deed === null ? { ...image, stopMs } : { ...image, ...WORDLESS, stopMs, exit: exitOf(deed) }
  return { behaviour: { ...obedient, ...pick(image, image.said) }, script: deed ?? SILENCE }
}

const WORDLESS = { firstWords: [], lastWords: [], log: null, exitPattern: [] } as const

function exitOf({ end }: Deed): ImageBehaviour['exit'] {
  const [soonest, latest] = MOMENT_MS
  return end && { chance: 1, afterMs: [end.afterMs + soonest, end.afterMs + latest], code: end.code }
}

function pick(image: ImageBehaviour, keys: ImageBehaviour['said']): Partial<ImageBehaviour> {
  return Object.fromEntries(keys.map(key => [key, image[key]]))
}
