import type { IncomingMessage } from 'node:http'
import { addAbortSignal } from 'node:stream'
import { failed, got } from './answer.ts'
import type { Answer } from './engine.ts'

/** Far above what a swarm of thousands of tasks answers, and well below what a string can hold. */
export const LARGEST_BODY_BYTES = 256 * 1024 * 1024

type Reading = {
  readonly path: string
  readonly signal: AbortSignal
  /** Called for each piece that comes. */
  readonly onProgress?: () => void
}

/** Reads an answer whole. It ends in every case: cut, too large or given up, it is a problem with `path`. */
export function readBody(answer: IncomingMessage, { path, signal, onProgress }: Reading): Promise<Answer<string>> {
  const chunks: Buffer[] = []
  let size = 0
  return new Promise(resolve => {
    answer.on('error', error => resolve(failed({ kind: 'closed', path, detail: error.message })))
    answer.on('close', () => resolve(failed({ kind: 'closed', path, detail: 'before the answer was complete' })))
    answer.on('end', () => resolve(got(Buffer.concat(chunks).toString())))
    answer.on('data', (chunk: Buffer) => {
      onProgress?.()
      size += chunk.length
      if (size <= LARGEST_BODY_BYTES) {
        chunks.push(chunk)
        return
      }
      resolve(failed({ kind: 'bad-answer', path, detail: `more than ${LARGEST_BODY_BYTES / 1024 / 1024} MiB` }))
      answer.destroy()
    })
    addAbortSignal(signal, answer)
  })
}
