import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'

/**
 * All processes of a machine are kept in one control group: the engine in its branch `engine`, the containers in
 * `containers`. A process cannot leave it and its name is ours alone, so that killing a machine can neither miss a
 * process nor hit a stranger, which process IDs written down could.
 */
const ROOT = '/sys/fs/cgroup'
const isUnified = existsSync(join(ROOT, 'cgroup.controllers'))
const TRACKER = isUnified ? ROOT : join(ROOT, 'pids')

export function hasControlGroups(): boolean {
  return existsSync(join(TRACKER, 'cgroup.procs'))
}

/** Makes the group and gives the file into which a process writes its ID to join it. */
export function makeGroup(group: string): string {
  mkdirSync(join(TRACKER, group), { recursive: true })
  return join(TRACKER, group, 'cgroup.procs')
}

/** The process IDs in the group and in all groups below it. */
export function groupMembers(group: string): readonly number[] {
  return branches(join(TRACKER, group)).flatMap(directory =>
    readOrEmpty(join(directory, 'cgroup.procs')).split('\n').filter(Boolean).map(Number),
  )
}

/** Kills every process of the group at once and removes the group. Synchronous, since it also runs while we exit. */
export function killGroup(group: string): void {
  const deadline = Date.now() + 5000
  // What was being started while we read the list is in the next one.
  for (let members = groupMembers(group); members.length > 0; members = groupMembers(group)) {
    if (Date.now() > deadline) throw new Error(`processes of ${group} survive SIGKILL: ${members.join(' ')}`)
    members.forEach(kill)
    holdStill(2)
  }
  removeGroup(group, deadline)
}

/** Containers have a directory in every hierarchy of the older control groups. */
function removeGroup(group: string, deadline: number): void {
  const hierarchies = isUnified ? [ROOT] : directoriesIn(ROOT)
  const directories = hierarchies.flatMap(hierarchy => branches(join(hierarchy, group)))
  while (!directories.map(isRemoved).every(Boolean)) {
    if (Date.now() > deadline) throw new Error(`the control group ${group} cannot be removed`)
    holdStill(10)
  }
}

/** The directory and all below it, the deepest first; none when it does not exist. */
function branches(directory: string): readonly string[] {
  return existsSync(directory) ? [...directoriesIn(directory).flatMap(branches), directory] : []
}

function directoriesIn(directory: string): readonly string[] {
  try {
    const entries = readdirSync(directory, { withFileTypes: true })
    return entries.filter(entry => entry.isDirectory()).map(entry => join(directory, entry.name))
  } catch {
    return []
  }
}

/** A group that has just lost its last process is still busy for a moment. */
function isRemoved(directory: string): boolean {
  try {
    rmdirSync(directory)
  } catch {}
  return !existsSync(directory)
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch {}
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return ''
  }
}

function holdStill(ms: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms)
}
