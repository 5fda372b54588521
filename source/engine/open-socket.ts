import { connect as connectPlain } from 'node:net'
import type { Duplex } from 'node:stream'
import { connect as connectTls } from 'node:tls'
import { assertNever } from '../rules/assert-never.ts'
import type { Endpoint, TlsMaterial } from './endpoint.ts'
import { connectBySsh } from './ssh-connection.ts'

/** Keep-alive probes, so that a stream on which nothing happens notices that its peer is gone. */
const PROBES = { keepAlive: true, keepAliveInitialDelay: 30_000 }

/** Opens one connection to the engine. It is returned at once; failures come as its `error`. */
export function openSocket(endpoint: Endpoint): Duplex {
  switch (endpoint.kind) {
    case 'unix':
      return connectPlain({ path: endpoint.path })
    case 'tcp': {
      const { host, port, tls } = endpoint
      return tls === null
        ? connectPlain({ host, port, ...PROBES })
        : connectTls({ host, port, ...PROBES, ...identity(tls) })
    }
    case 'ssh':
      return connectBySsh(endpoint)
    default:
      return assertNever(endpoint)
  }
}

function identity({ ca, cert, key, verify, serverName }: TlsMaterial) {
  return {
    rejectUnauthorized: verify,
    ...(ca === null ? {} : { ca }),
    ...(cert === null ? {} : { cert }),
    ...(key === null ? {} : { key }),
    ...(serverName === '' ? {} : { servername: serverName }),
  }
}
