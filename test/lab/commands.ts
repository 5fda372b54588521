import { execFile, execFileSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { join } from 'node:path'

/** The system's tools live in sbin, which is not on every PATH. */
const SEARCH_PATH = `${process.env.PATH ?? ''}:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`

/** What the lab's programs get to see: nothing of our proxies, docker contexts or hosts. */
export const COMMAND_ENV = { PATH: SEARCH_PATH, HOME: '/nonexistent', LANG: 'C.UTF-8' }

/** The path of a program, or `null`. */
export function findCommand(name: string): string | null {
  const paths = SEARCH_PATH.split(':').filter(Boolean)
  return paths.map(path => join(path, name)).find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Runs a program and gives what it printed, without the last line break; fails with what it said on standard error. */
export function run(command: string, args: readonly string[], limitMs = 60_000): Promise<string> {
  return new Promise((resolve, reject) => {
    const options = { env: COMMAND_ENV, timeout: limitMs, maxBuffer: 64 * 1024 * 1024 }
    execFile(command, [...args], options, (error, stdout, stderr) => {
      if (error === null) resolve(stdout.trimEnd())
      else reject(new Error(`${command} ${args.join(' ')}: ${stderr.trim() || error.message}`))
    })
  })
}

/** For clean-up, which also runs while the process exits: synchronous, and what is already gone is no failure. */
export function tryRunSync(command: string, args: readonly string[]): void {
  try {
    execFileSync(command, [...args], { env: COMMAND_ENV, stdio: 'ignore', timeout: 10_000 })
  } catch {}
}
