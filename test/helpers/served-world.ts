import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import { type Simulation, serveWorld } from '../../source/simulator/http/serve-world.ts'
import type { Simulator } from '../../source/simulator/simulator.ts'
import { simulatedSwarm } from './simulated-swarm.ts'

export type ServedWorld = Simulation & {
  readonly directory: string
  readonly pathOf: (machine: string) => string
}

/** A world on sockets in a folder of its own, which is gone with the test. Its time stands nearly still unless told. */
export async function servedWorld(
  context: TestContext,
  simulator: Simulator = simulatedSwarm().simulator,
  speed = 0.01,
): Promise<ServedWorld> {
  const directory = await newFolder(context)
  const simulation = await serveWorld(simulator, { speed, directory, seed: 7 })
  context.after(simulation.close)
  return { ...simulation, directory, pathOf: machine => join(directory, `${machine}.sock`) }
}

export async function newFolder(context: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'sim-'))
  context.after(() => rm(directory, { recursive: true, force: true }))
  return directory
}

/** One call on a connection of its own, and its answer whole. A body is said to be JSON, be it so or not. */
export function callSocket(
  socketPath: string,
  method: string,
  path: string,
  body = '',
): Promise<{ readonly status: number; readonly body: string }> {
  const headers = body === '' ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }
  return new Promise((resolve, reject) => {
    const asked = request({ socketPath, method, path, headers, agent: false }, answer => {
      const chunks: Buffer[] = []
      answer.on('data', chunk => chunks.push(chunk))
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString() }))
      answer.on('error', reject)
    })
    asked.on('error', reject)
    asked.end(body)
  })
}

/** Writes these bytes, HTTP or not, and gives everything that comes back until the other side ends. */
export function writeRaw(socketPath: string, bytes: string | Buffer): Promise<string> {
  return new Promise(resolve => {
    const socket = connect(socketPath, () => socket.write(bytes))
    let heard = ''
    socket.on('data', chunk => {
      heard += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(heard))
  })
}
