import { once } from 'node:events'
import { lstat, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { connect } from 'node:net'
import { ListenProblem } from './listen-problem.ts'

/** A path that is longer is cut silently by the system. Source: unix(7), sun_path */
const LONGEST_PATH_BYTES = 107

/** Who takes longer than this to ask is not worth a place; how long an answer takes is up to the swarm. */
const PATIENCE = {
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 2_000,
  keepAliveTimeout: 60_000,
}
/** dockerode sends whole service specs in the URL besides the body. */
const LARGEST_HEADER_BYTES = 1024 * 1024
const MOST_CONNECTIONS = 512

export type Listener = {
  /** Ends every connection. The socket goes with the server: by now another one may stand at its path. */
  readonly close: () => Promise<void>
}

/** Listens on a unix socket that only its owner can use. One that a dead process left behind is replaced. */
export async function listenOnSocket(path: string, onRequest: RequestListener): Promise<Listener> {
  refuseLongPath(path)
  await clearStale(path)
  const server = createServer({ ...PATIENCE, maxHeaderSize: LARGEST_HEADER_BYTES }, onRequest)
  server.maxConnections = MOST_CONNECTIONS
  const umask = process.umask(0o177)
  try {
    server.listen(path)
  } finally {
    process.umask(umask)
  }
  await once(server, 'listening').catch(error => {
    throw new ListenProblem(`${path} cannot be listened on: ${error.message}`)
  })
  return {
    close: async () => {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

/** Throws for a path at which no socket could be. */
export function refuseLongPath(path: string): void {
  if (Buffer.byteLength(path) <= LONGEST_PATH_BYTES) return
  throw new ListenProblem(`The path of a socket has at most ${LONGEST_PATH_BYTES} bytes, this one is longer: ${path}`)
}

/** Whether somebody listens at this path. */
export function isAnswered(path: string): Promise<boolean> {
  return new Promise(resolve => {
    const socket = connect(path)
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

async function clearStale(path: string): Promise<void> {
  const found = await lstat(path).catch(() => null)
  if (found === null) return
  if (!found.isSocket()) throw new ListenProblem(`${path} is in the way: it is no socket`)
  if (await isAnswered(path)) throw new ListenProblem(`${path} is in use by another process`)
  await rm(path)
}
