import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import type { TestContext } from 'node:test'
import type { Lab } from './lab.ts'

/** What happens around each update that a client sends; nothing unless told. */
export type Meddling = {
  readonly before?: () => Promise<unknown>
  /** The engine has done it, and its answer has not been handed on. A reply that fails now never comes. */
  readonly after?: () => Promise<unknown>
}

/**
 * Stands between a client and the engine of a machine, on a socket of its own, and does something at the moments that
 * nobody can hit from outside. Where the engine is gone the client is told as much as it would be by itself: nothing.
 */
export async function standBetween(t: TestContext, lab: Lab, machine: string, meddling: Meddling): Promise<string> {
  const engine = lab.socket(machine)
  const path = join(engine, '..', `between-${++count}.sock`)
  const server = createServer((asked, answer) => {
    handOn(engine, asked, answer, meddling).catch(() => answer.destroy())
  })
  await new Promise<void>(resolve => server.listen(path, resolve))
  t.after(() => {
    server.closeAllConnections()
    server.close()
  })
  return path
}

let count = 0

async function handOn(
  socketPath: string,
  asked: IncomingMessage,
  answer: ServerResponse,
  { before, after }: Meddling,
): Promise<void> {
  const { method, url: path = '', headers } = asked
  const isUpdate = method === 'POST' && path.includes('/update')
  if (isUpdate) await before?.()
  const reply = await new Promise<IncomingMessage>((resolve, reject) => {
    const call = request({ socketPath, method, path, headers, agent: false }, resolve)
    call.on('error', reject)
    pipeline(asked, call).catch(reject)
  })
  if (isUpdate) await after?.()
  answer.writeHead(reply.statusCode ?? 502, reply.headers)
  await pipeline(reply, answer)
}
