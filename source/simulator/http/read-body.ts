import type { IncomingMessage } from 'node:http'

/** Swarm refuses objects above 1.5 MB, and base64 makes a third more of a config. */
const LARGEST_BODY_BYTES = 4 * 1024 * 1024

/** The body of a request as text, or null for one that is too large. Rejects when its client goes away. */
export function readBody(incoming: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  return new Promise((resolve, reject) => {
    const refuse = () => {
      incoming.pause()
      resolve(null)
    }
    if (Number(incoming.headers['content-length']) > LARGEST_BODY_BYTES) return refuse()
    incoming.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > LARGEST_BODY_BYTES) refuse()
      else chunks.push(chunk)
    })
    incoming.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')))
    incoming.on('error', reject)
    incoming.on('close', () => reject(new Error('the client went away')))
  })
}
