import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { Duplex, type Readable, type Writable } from 'node:stream'
import type { Endpoint } from './endpoint.ts'

type SshEndpoint = Extract<Endpoint, { readonly kind: 'ssh' }>
type Ssh = ChildProcessByStdio<Writable, Readable, Readable>

/** What is kept of ssh's standard error: the last lines say why. */
const STDERR_LENGTH = 4096

/** Standard error may stay open after ssh is gone: a master that `ControlPersist` left behind holds it. */
const STDERR_GRACE_MS = 250

/** ssh has ended, or was not there to begin with: then `exitCode` is null. */
export class SshFailure extends Error {
  readonly stderr: string
  readonly exitCode: number | null

  constructor(stderr: string, exitCode: number | null) {
    super('ssh has ended')
    this.stderr = stderr
    this.exitCode = exitCode
  }
}

/**
 * A connection to the engine behind `ssh … docker system dial-stdio`, with the user's own ssh and all that it is
 * configured for. One process a connection; it ends with it.
 */
export function connectBySsh(endpoint: SshEndpoint): Duplex {
  // In a session of its own it has no terminal to ask on, and Ctrl+C does not reach it.
  return new SshConnection(spawn('ssh', sshArguments(endpoint), { stdio: ['pipe', 'pipe', 'pipe'], detached: true }))
}

/**
 * The docker CLI's arguments, and BatchMode: a question would be asked on the screen that we draw on.
 * Source: docker/cli cli/connhelper/connhelper.go
 */
export function sshArguments({ user, host, port, socketPath }: SshEndpoint): readonly string[] {
  const login = user === '' ? [] : ['-l', user]
  const onPort = port === null ? [] : ['-p', String(port)]
  const engine = socketPath === '' ? '' : ` --host ${quoteForShell(`unix://${socketPath}`)}`
  const remote = `docker${engine} system dial-stdio`
  return ['-o', 'BatchMode=yes', '-o', 'ConnectTimeout=30', '-T', ...login, ...onPort, '--', host, remote]
}

/** The command passes through the remote user's shell. */
function quoteForShell(text: string): string {
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`
}

class SshConnection extends Duplex {
  readonly #ssh: Ssh
  #stderr = ''

  constructor(ssh: Ssh) {
    super({ allowHalfOpen: false })
    this.#ssh = ssh
    ssh.stdout.on('data', chunk => {
      if (!this.push(chunk)) ssh.stdout.pause()
    })
    ssh.stderr.setEncoding('utf8').on('data', text => {
      this.#stderr = (this.#stderr + text).slice(-STDERR_LENGTH)
    })
    ssh.stdin.on('error', () => {}) // What it means is told by the exit.
    ssh.on('error', error => this.destroy(new SshFailure(error.message, null)))
    ssh.on('exit', code => setTimeout(() => this.#end(code), STDERR_GRACE_MS).unref())
    ssh.on('close', code => this.#end(code))
  }

  #end(code: number | null): void {
    if (code === 0) this.push(null)
    else this.destroy(new SshFailure(this.#stderr.trim(), code))
  }

  override _read(): void {
    this.#ssh.stdout.resume()
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#ssh.stdin.write(chunk, () => done())
  }

  override _final(done: () => void): void {
    this.#ssh.stdin.end(() => done())
  }

  override _destroy(error: Error | null, done: (error: Error | null) => void): void {
    this.#ssh.kill()
    done(error)
  }

  // What an `http.Agent` asks of the sockets that it keeps.
  setKeepAlive = () => this
  setNoDelay = () => this
  setTimeout = () => this
  ref = () => this
  unref = () => this
}
