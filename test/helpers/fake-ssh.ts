import type { ChildProcess } from 'node:child_process'
import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { Endpoint } from '../../source/engine/endpoint.ts'

export const SSH_ENDPOINT: Extract<Endpoint, { readonly kind: 'ssh' }> = {
  kind: 'ssh',
  name: 'ssh://ops@m1',
  context: '',
  user: 'ops',
  host: 'm1',
  port: null,
  socketPath: '',
}

export type FakeSsh = {
  /** Every process that has been started so far. */
  readonly started: readonly ChildProcess[]
  /** Resolves with the first of them, when it has been handed to the call that wanted it. */
  readonly whenStarted: Promise<ChildProcess>
}

/** Puts a shell script in the place of `ssh`. */
export function putSshOnPath(test: TestContext, script: string): FakeSsh {
  const { PATH = '' } = process.env
  const directory = mkdtempSync(join(tmpdir(), 'fake-ssh-'))
  writeFileSync(join(directory, 'ssh'), `#!/bin/sh\n${script}\n`, { mode: 0o755 })
  process.env.PATH = `${directory}:${PATH}`
  const started: ChildProcess[] = []
  const { promise: whenStarted, resolve: begin } = Promise.withResolvers<ChildProcess>()
  const onStart = (message: unknown) => {
    const { process: child } = message as { readonly process: ChildProcess }
    started.push(child)
    setImmediate(begin, child)
  }
  subscribe('child_process', onStart)
  test.after(() => {
    unsubscribe('child_process', onStart)
    process.env.PATH = PATH
    rmSync(directory, { recursive: true })
  })
  return { started, whenStarted }
}
