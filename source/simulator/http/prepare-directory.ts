import { mkdir, stat } from 'node:fs/promises'
import { ListenProblem } from './listen-problem.ts'

const OF_OTHERS = 0o077

/**
 * Makes the directory of the sockets if it is missing. Whoever can open a socket rules the swarm behind it, so one that
 * others can enter is refused rather than changed: it may be shared on purpose.
 */
export async function prepareDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 }).catch(error => {
    if (error.code === 'EEXIST' || error.code === 'ENOTDIR') throw new ListenProblem(`${directory} is no directory`)
    throw new ListenProblem(`${directory} cannot be made: ${error.message}`)
  })
  const { mode, uid } = await stat(directory)
  if (uid !== process.getuid?.()) throw new ListenProblem(`${directory} is somebody else's: name one of your own`)
  if ((mode & OF_OTHERS) !== 0) {
    throw new ListenProblem(`Others can enter ${directory}: chmod 700 it, or name a directory that is not there yet`)
  }
}
