import { mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { dirname } from 'node:path'
import type { FoundMaintenance } from './app/maintenance/maintenance-file.ts'
import type { Maintenance } from './operations/maintenance/maintenance.ts'
import { readMaintenance, type Session, writeMaintenance } from './operations/maintenance/maintenance-file.ts'

export type LoadedMaintenance = { readonly found: FoundMaintenance | null; readonly trouble: string | null }

/** This session, as it signs what it writes. */
const ours = (): Session => ({ pid: process.pid, host: hostname() })

/**
 * Reads the file of a maintenance. One that makes no sense is kept under another name, and a sentence says so: what it told
 * is in nobody's way then, and not lost.
 */
export async function loadMaintenance(file: string): Promise<LoadedMaintenance> {
  const text = await readOrNull(file)
  if (typeof text !== 'string') {
    return { found: null, trouble: text === null ? null : `A maintenance cannot be read, ${text.trouble}: ${file}` }
  }
  const read = readMaintenance(text)
  if (read.ok) return { found: { maintenance: read.maintenance, session: sayOther(read.session) }, trouble: null }
  const aside = `${file}.damaged-${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`
  const trouble = `What was kept of a maintenance is damaged: ${read.reason}`
  try {
    await rename(file, aside)
    return { found: null, trouble: `${trouble}. The file is put aside as ${aside}` }
  } catch (error) {
    return { found: null, trouble: `${trouble}. ${file} cannot be put aside: ${explain(error)}` }
  }
}

/**
 * Writes it in place of what is there: whoever reads sees the one or the other, also after a crash. Resolves with why it
 * could not be done, or null. Unless `isTakenOver`, what another session has written is left alone.
 */
export async function saveMaintenance(
  file: string,
  maintenance: Maintenance,
  isTakenOver: boolean,
): Promise<string | null> {
  try {
    if (!isTakenOver && (await isOfAnother(file))) return 'another session has taken it over'
    await mkdir(dirname(file), { recursive: true, mode: 0o700 })
    const temporary = `${file}.${process.pid}.tmp`
    await writeWhole(temporary, writeMaintenance(maintenance, ours()))
    await rename(temporary, file)
    await settle(dirname(file))
    return null
  } catch (error) {
    return explain(error)
  }
}

/** A file that is there no more is as good as removed. */
export async function removeMaintenance(file: string): Promise<void> {
  await rm(file, { force: true }).catch(() => {})
}

async function writeWhole(file: string, text: string): Promise<void> {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** That a file has a new name is the folder's to remember. */
async function settle(folder: string): Promise<void> {
  const handle = await open(folder, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function isOfAnother(file: string): Promise<boolean> {
  const text = await readOrNull(file)
  const read = typeof text === 'string' ? readMaintenance(text) : null
  if (read === null || !read.ok) return false
  const { pid, host } = ours()
  return read.session.pid !== pid || read.session.host !== host
}

/** Null where there is none. */
async function readOrNull(file: string): Promise<string | { readonly trouble: string } | null> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ENOENT' ? null : { trouble: explain(error) }
  }
}

/** A session that goes on at this moment, as far as can be seen from here: those of other machines cannot. */
function sayOther({ pid, host }: Session): string {
  const { pid: own, host: here } = ours()
  if (host !== here || pid === own || !isAlive(pid)) return ''
  return `Another session here (process ${pid})`
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException
  switch (code) {
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return 'you may not write there'
    case 'ENOSPC':
    case 'EDQUOT':
      return 'the disk is full'
    case 'EEXIST':
    case 'ENOTDIR':
      return 'a part of the path is no folder'
    default:
      return message
  }
}
