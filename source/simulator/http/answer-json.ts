import type { ServerResponse } from 'node:http'

/** Answers as the daemon does where it speaks for itself. Go's own words for a body beyond its limit. */
export function answerTooLarge(response: ServerResponse): void {
  response.setHeader('Connection', 'close')
  answerJson(response, 413, { message: 'http: request body too large' })
}

/** A client that went away needs no answer; anything else is a fault of the simulator, and says so. */
export function answerFailure(response: ServerResponse, error: unknown): void {
  if (response.destroyed || response.headersSent) {
    response.destroy()
    return
  }
  answerJson(response, 500, { message: `the simulator failed: ${error instanceof Error ? error.message : error}` })
}

export function answerJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(`${JSON.stringify(value)}\n`)
}
