import { execFile } from 'node:child_process'
import { COMMAND_ENV } from '../lab/commands.ts'
import type { TwinMachine } from './twin.ts'

export type Outcome = { readonly exitCode: number; readonly stdout: string; readonly stderr: string }

/** Runs the docker CLI on a machine's engine, and says how it ended: a refusal is an outcome too. */
export function runDocker({ socket }: TwinMachine, words: readonly string[], limitMs = 120_000): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const args = ['--host', `unix://${socket}`, ...words]
    const options = { env: COMMAND_ENV, timeout: limitMs, maxBuffer: 64 * 1024 * 1024 }
    execFile('docker', args, options, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : error.code
      if (typeof exitCode === 'number') resolve({ exitCode, stdout, stderr })
      else reject(new Error(`docker ${words.join(' ')} did not end: ${error?.message}`))
    })
  })
}

/** For what must work: gives what it printed. */
export async function docker(machine: TwinMachine, ...words: readonly string[]): Promise<string> {
  const { exitCode, stdout, stderr } = await runDocker(machine, words)
  if (exitCode !== 0) throw new Error(`${machine.name}$ docker ${words.join(' ')}: ${stderr.trim()}`)
  return stdout.trimEnd()
}
