import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { Simulator } from '../simulator.ts'
import { createExchange } from './exchange.ts'
import { type Listener, listenOnSocket } from './listen-on-socket.ts'
import { startPacing } from './pace.ts'

export type Simulation = {
  readonly sockets: readonly { readonly machine: string; readonly path: string }[]
  /** Stops time, ends every call and removes the sockets. */
  readonly close: () => Promise<void>
}

/** Serves a world as it stands, its time going on from there. */
export async function serveWorld(
  simulator: Simulator,
  { speed, directory }: { readonly speed: number; readonly directory: string },
): Promise<Simulation> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const exchange = createExchange(simulator, () => pace.catchUp())
  const pace = startPacing(simulator, speed, exchange.deliver)
  const listeners: Listener[] = []
  const close = async () => {
    pace.stop()
    exchange.hangUp()
    await Promise.all(listeners.map(listener => listener.close()))
  }

  const sockets: { readonly machine: string; readonly path: string }[] = []
  try {
    for (const machine of Object.keys(simulator.world.machines)) {
      const path = join(directory, `${machine}.sock`)
      listeners.push(await listenOnSocket(path, (request, response) => exchange.serve(machine, request, response)))
      sockets.push({ machine, path })
    }
  } catch (error) {
    await close()
    throw error
  }
  return { sockets, close }
}
