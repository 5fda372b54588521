import { execFileSync, spawn } from 'node:child_process'
import {
  accessSync,
  constants,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'

export type SshServer = {
  readonly user: string
  readonly port: number
  /** Lets `ssh` of this test know the server's key, and show a key that the server knows; or leaves one of them out. */
  readonly configureClient: (options: { readonly isHostKnown: boolean; readonly hasKey: boolean }) => void
  /** The arguments of every ssh that has been started, one line each. */
  readonly started: () => readonly string[]
}

const SSHD = '/usr/sbin/sshd'

/** Why there can be no server here, false when there can. Where the lab is required it is an error to have none. */
export function whyNoSshServer(): string | false {
  const reason = process.getuid?.() === 0 ? (canRun(SSHD) ? false : `there is no ${SSHD}`) : 'sshd wants root'
  if (reason !== false && process.env.SWARMTOP_LAB === 'required') throw new Error(`The lab is required, but ${reason}`)
  return reason
}

function canRun(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/**
 * Starts a real sshd on a port of 127.0.0.1. Whoever logs in finds a `docker` that can do nothing but `system
 * dial-stdio`; it fails as the real one does where no engine listens. The client is the system's own ssh.
 */
export async function startSshServer(test: TestContext): Promise<SshServer> {
  const directory = mkdtempSync(join(tmpdir(), 'ssh-server-'))
  const within = (name: string) => join(directory, name)
  test.after(() => rmSync(directory, { recursive: true }))
  for (const key of ['host', 'client']) {
    execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', within(key)])
  }
  writeRemoteDocker(within('remote'))
  const port = await freePort()
  await startSshd(test, directory, port)

  const known = `[127.0.0.1]:${port} ${readFileSync(within('host.pub'), 'utf8')}`
  const configureClient: SshServer['configureClient'] = ({ isHostKnown, hasKey }) => {
    writeFileSync(within('known'), isHostKnown ? known : '')
    const identity = hasKey ? `IdentityFile ${within('client')}` : 'PubkeyAuthentication no'
    writeFileSync(within('config'), `UserKnownHostsFile ${within('known')}\nIdentityAgent none\n${identity}\n`)
  }
  configureClient({ isHostKnown: true, hasKey: true })
  putOnPath(test, directory)
  const started = () => readFileSync(within('started'), 'utf8').split('\n').slice(0, -1)
  return { user: userInfo().username, port, configureClient, started }
}

function writeRemoteDocker(directory: string): void {
  const dial = `
    const [, host, ...rest] = process.argv
    const path = host.startsWith('--host') ? rest.shift().slice('unix://'.length) : '/nowhere/docker.sock'
    const engine = require('node:net').connect(path)
    engine.on('error', error => { console.error(error.message); process.exit(1) })
    process.stdin.pipe(engine).pipe(process.stdout)`
  mkdirSync(directory)
  writeFileSync(join(directory, 'dial.cjs'), dial)
  writeScript(join(directory, 'docker'), `exec '${process.execPath}' -e "$(cat '${directory}/dial.cjs')" -- "$@"`)
}

async function startSshd(test: TestContext, directory: string, port: number): Promise<void> {
  mkdirSync('/run/sshd', { recursive: true })
  copyFileSync(join(directory, 'client.pub'), join(directory, 'authorized'))
  const config = [
    `Port ${port}`,
    'ListenAddress 127.0.0.1',
    `HostKey ${directory}/host`,
    `AuthorizedKeysFile ${directory}/authorized`,
    `SetEnv PATH=${directory}/remote:/usr/bin:/bin`,
    'PasswordAuthentication no',
    'KbdInteractiveAuthentication no',
    'UsePAM no',
    'StrictModes no',
    'PidFile none',
  ]
  writeFileSync(join(directory, 'sshd_config'), config.join('\n'))
  const sshd = spawn(SSHD, ['-D', '-e', '-f', join(directory, 'sshd_config')], { stdio: ['ignore', 'ignore', 'pipe'] })
  test.after(() => sshd.kill())
  let said = ''
  await new Promise<void>((resolve, reject) => {
    sshd.stderr.setEncoding('utf8').on('data', text => {
      said += text
      if (said.includes('Server listening')) resolve()
    })
    sshd.once('exit', () => reject(new Error(`sshd did not start: ${said}`)))
  })
}

/** An `ssh` that notes how it was called and goes on as the system's own, with the configuration of this test. */
function putOnPath(test: TestContext, directory: string): void {
  const { PATH = '' } = process.env
  mkdirSync(join(directory, 'local'))
  writeFileSync(join(directory, 'started'), '')
  const note = `echo "$*" >> '${directory}/started'`
  writeScript(join(directory, 'local', 'ssh'), `${note}\nPATH='${PATH}'\nexec ssh -F '${directory}/config' "$@"`)
  process.env.PATH = `${directory}/local:${PATH}`
  test.after(() => {
    process.env.PATH = PATH
  })
}

function writeScript(path: string, body: string): void {
  writeFileSync(path, `#!/bin/sh\n${body}\n`, { mode: 0o755 })
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise(resolve => server.close(resolve))
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port')
  return address.port
}
