import { mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { ListenProblem } from './listen-problem.ts'

const OF_OTHERS = 0o077

/**
 * Makes the directory of the sockets if it is missing. Whoever can open a socket rules the swarm behind it, so one that
 * others can enter is refused rather than changed: it may be shared on purpose.
 */
export async function prepareDirectory(directory: string): Promise<void> {
  await makeDirectory(directory).catch(error => {
    if (error.code === 'EEXIST' || error.code === 'ENOTDIR') throw new ListenProblem(`${directory} is no directory`)
    throw new ListenProblem(`${directory} cannot be made: ${error.message}`)
  })
  const found = await stat(directory)
  if (!found.isDirectory()) throw new ListenProblem(`${directory} is no directory`)
  const { mode, uid } = found
  if (uid !== process.getuid?.()) throw new ListenProblem(`${directory} is somebody else's: name one of your own`)
  if ((mode & OF_OTHERS) !== 0) {
    throw new ListenProblem(`Others can enter ${directory}: chmod 700 it, or name a directory that is not there yet`)
  }
}

/** One level after the other: below /proc, where nothing can be made and nothing says so, Node's own recursion never ends. */
async function makeDirectory(directory: string): Promise<void> {
  const isThere = await stat(directory).then(
    () => true,
    () => false,
  )
  if (isThere) return
  const above = dirname(directory)
  if (above !== directory) await makeDirectory(above)
  await mkdir(directory, { mode: 0o700 })
}
