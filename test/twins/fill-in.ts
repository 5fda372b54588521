import { docker } from './docker.ts'
import { findMachine, type Twin, type TwinMachine } from './twin.ts'

/**
 * The words of a command with what only its own swarm knows: `<node1>` for an address, `<worker token>` or
 * `<manager token>` for what a machine joins with. No registry can be reached, so none is to be asked for an image.
 */
export async function fillIn(
  words: readonly string[],
  twin: Twin,
  managers: readonly TwinMachine[],
): Promise<readonly string[]> {
  const filled = await Promise.all(words.map(word => fillInOne(word, twin, managers)))
  const [object = '', verb = '', ...rest] = filled
  const namesImage = object === 'service' && (verb === 'create' || (verb === 'update' && rest.includes('--image')))
  return namesImage ? [object, verb, '--no-resolve-image', ...rest] : filled
}

async function fillInOne(word: string, twin: Twin, [manager]: readonly TwinMachine[]): Promise<string> {
  const [, subject, role] = /^<(?:(\w+)|(\w+) token)>$/.exec(word) ?? []
  if (subject !== undefined) return findMachine(twin, subject).address
  if (role === undefined || manager === undefined) return word
  return docker(manager, 'swarm', 'join-token', '--quiet', role)
}
