import { mkdir, open } from 'node:fs/promises'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { visibleText } from './view/visible-text.ts'

/**
 * Writes lines into a file that is not there yet, readable by its owner alone, and makes the folders that it needs. What
 * would steer a terminal that the file is shown on is written out. Resolves with why it could not be done, or null.
 */
export async function saveFile(name: string, lines: readonly string[]): Promise<string | null> {
  const file = name.startsWith('~/') ? join(homedir(), name.slice(2)) : resolve(name)
  try {
    if (!(await makeFolder(dirname(file)))) return 'a part of the path is no folder'
    const handle = await open(file, 'wx', 0o600)
    try {
      await handle.writeFile(lines.map(line => `${visibleText(line.replaceAll('\t', '    '))}\n`).join(''))
    } finally {
      await handle.close()
    }
    return null
  } catch (error) {
    return explain(error)
  }
}

/** Whether it is there now. */
async function makeFolder(folder: string): Promise<boolean> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    return true
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'EEXIST' || code === 'ENOTDIR') return false
    throw error
  }
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'EEXIST':
      return 'there is something of this name already; choose another'
    case 'EACCES':
    case 'EPERM':
      return 'you may not write there'
    case 'ENOSPC':
      return 'the disk is full'
    case 'EISDIR':
      return 'that is a folder'
    case 'ENAMETOOLONG':
      return 'the name is too long'
    default:
      return message ?? 'for a reason that the system does not tell'
  }
}
