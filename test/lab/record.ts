import { mkdirSync, readdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * What is written down of a lab before anything of it exists. The names of all that it makes (network namespaces,
 * control groups, directories) follow from it, so that it can be removed by another process too.
 */
export type LabRecord = {
  readonly name: string
  /** `null`: outlives the process that made it. */
  readonly owner: Owner | null
  readonly machines: readonly string[]
}

/** A process ID is used again some day; with the time of its start it is unique. */
export type Owner = { readonly pid: number; readonly startedAt: string }

const PREFIX = 'swarmtop-lab-'
const FILE = 'lab.json'

/** A new record of machines `node1` to `nodeN`; nothing is written yet. */
export function newRecord(id: string, engines: number, owner: Owner | null): LabRecord {
  return { name: PREFIX + id, owner, machines: Array.from({ length: engines }, (_, index) => `node${index + 1}`) }
}

export function labDirectory(record: LabRecord): string {
  return join(tmpdir(), record.name)
}

/** Fails when there is a lab of this name already. */
export function writeRecord(record: LabRecord): void {
  const path = join(labDirectory(record), FILE)
  mkdirSync(labDirectory(record), { mode: 0o700 })
  writeFileSync(`${path}.new`, JSON.stringify(record, null, 2))
  renameSync(`${path}.new`, path)
}

export function findRecord(id: string): LabRecord | null {
  return readRecord(PREFIX + id)
}

/** Labs whose process is gone without having cleaned up. */
export function abandonedRecords(): readonly LabRecord[] {
  return readdirSync(tmpdir())
    .filter(name => name.startsWith(PREFIX))
    .map(readRecord)
    .filter(record => record !== null)
    .filter(record => record.owner !== null && !isAlive(record.owner))
}

/** What others put into the directory for temporary files is not believed: it would be removed as root. */
function readRecord(name: string): LabRecord | null {
  try {
    const directory = join(tmpdir(), name)
    const { uid, mode } = statSync(directory)
    if (uid !== process.getuid?.() || (mode & 0o077) !== 0) return null
    const record: LabRecord = JSON.parse(readFileSync(join(directory, FILE), 'utf8'))
    return record.name === name ? record : null
  } catch {
    return null
  }
}

export function thisProcess(): Owner {
  return { pid: process.pid, startedAt: startOf(process.pid) ?? '' }
}

function isAlive(owner: Owner): boolean {
  return startOf(owner.pid) === owner.startedAt
}

/** Clock ticks since boot, the 22nd field of `/proc/PID/stat`; the second one is a name that may hold blanks. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? null
  } catch {
    return null
  }
}
