import { request } from 'node:http'
import { text } from 'node:stream/consumers'
import type { TwinMachine } from './twin.ts'

/** Reads something of the Engine API. Fails for every answer but 200, and when there is none within `limitMs`. */
export function ask<T>({ name, socket }: TwinMachine, path: string, limitMs = 2_000): Promise<T> {
  return new Promise((resolve, reject) => {
    const call = request({ socketPath: socket, path, agent: false, timeout: limitMs }, response => {
      text(response).then(body => {
        if (response.statusCode === 200) resolve(JSON.parse(body) as T)
        else reject(new Error(`${name} answers ${path} with ${response.statusCode}: ${body.trim()}`))
      }, reject)
    })
    call.on('timeout', () => call.destroy(new Error(`${name} does not answer ${path}`)))
    call.on('error', reject)
    call.end()
  })
}

/** Asks one machine after the other and gives the first answer: who manages, and knows a leader, has one. */
export async function askAny<T>(machines: readonly TwinMachine[], path: string): Promise<T> {
  let failure = new Error('there is nobody to ask')
  for (const machine of machines) {
    try {
      return await ask<T>(machine, path)
    } catch (error) {
      failure = error instanceof Error ? error : new Error(String(error))
    }
  }
  throw failure
}
