import { readFile, stat } from 'node:fs/promises'
import type { Problem } from '../swarm/problem.ts'
import type { Endpoint } from './endpoint.ts'
import { SshFailure } from './ssh-connection.ts'

/** What a failed connection means. `path`: the path of the call that met it. */
export async function connectionProblem(error: Error, endpoint: Endpoint, path: string): Promise<Problem> {
  if (error instanceof SshFailure) {
    return { kind: 'ssh', target: addressOf(endpoint), stderr: error.stderr, exitCode: error.exitCode }
  }
  const code = 'code' in error ? String(error.code) : ''
  const address = addressOf(endpoint)
  const detail = error.message
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      return { kind: 'no-socket', path: address }
    case 'EACCES':
    case 'EPERM':
      return { kind: 'permission-denied', path: address, group: await groupOf(address) }
    case 'ECONNREFUSED':
      return { kind: 'refused', address }
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return { kind: 'host-not-found', host: endpoint.kind === 'tcp' ? endpoint.host : address }
    case 'ETIMEDOUT':
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
    case 'EHOSTDOWN':
    case 'ENETDOWN':
    case 'EADDRNOTAVAIL':
    case 'EINVAL':
      return { kind: 'unreachable', address, detail }
    default:
      break
  }
  if (code.startsWith('HPE_')) return notHttp(error, address, path)
  const side = isTls(endpoint) ? tlsSide(code, tlsDetail(error)) : null
  return side === null ? { kind: 'closed', path, detail } : { kind: 'tls', side, address, detail: tlsDetail(error) }
}

/** `10.0.0.1:2376`, `/var/run/docker.sock`, `ops@m1`. */
export function addressOf(endpoint: Endpoint): string {
  if (endpoint.kind === 'unix') return endpoint.path
  if (endpoint.kind === 'ssh') return `${endpoint.user}${endpoint.user === '' ? '' : '@'}${endpoint.host}`
  return `${endpoint.host.includes(':') ? `[${endpoint.host}]` : endpoint.host}:${endpoint.port}`
}

function isTls(endpoint: Endpoint): boolean {
  return endpoint.kind === 'tcp' && endpoint.tls !== null
}

/** The name of the group that owns the socket, its number where it has no name, `''` where it cannot be seen. */
async function groupOf(path: string): Promise<string> {
  try {
    const { gid } = await stat(path)
    const groups = await readFile('/etc/group', 'utf8').catch(() => '')
    const entry = groups.split('\n').find(line => line.split(':')[2] === String(gid))
    return entry?.split(':')[0] ?? String(gid)
  } catch {
    return ''
  }
}

/** An alert comes from the other side; what is said of a certificate is our own verdict. */
function tlsSide(code: string, detail: string): 'we-refused' | 'they-refused' | 'not-tls' | null {
  if (/wrong version number|packet length too long|http request|record layer failure/.test(detail)) return 'not-tls'
  if (/\balert\b/.test(detail)) return 'they-refused'
  return /CERT|ISSUER|SIGNATURE|CRL|HOSTNAME_MISMATCH|INVALID_(?:CA|PURPOSE)/.test(code) ? 'we-refused' : null
}

/** OpenSSL says it in the middle of a line of its own, and Node adds advice about itself to some. */
function tlsDetail(error: Error): string {
  const [, reason] = /SSL routines:[^:]*:([^:]+)/.exec(error.message) ?? []
  return reason ?? error.message.replace(/;.*/s, '')
}

/** A TLS server that is spoken to in plain HTTP answers with an alert (RFC 8446: type 21, version 3.x). */
function notHttp(error: Error, address: string, path: string): Problem {
  const bytes = 'rawPacket' in error && error.rawPacket instanceof Uint8Array ? error.rawPacket : new Uint8Array()
  if (bytes[0] === 21 && bytes[1] === 3) {
    return { kind: 'tls', side: 'tls-wanted', address, detail: 'it answered with a TLS alert' }
  }
  return { kind: 'bad-answer', path, detail: 'not HTTP' }
}
