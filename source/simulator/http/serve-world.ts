import { join, resolve } from 'node:path'
import type { Simulator } from '../simulator.ts'
import type { World } from '../world/world.ts'
import { createControl } from './control.ts'
import { createExchange } from './exchange.ts'
import { isAnswered, type Listener, listenOnSocket, refuseLongPath } from './listen-on-socket.ts'
import { ListenProblem } from './listen-problem.ts'
import { createMachineSockets } from './machine-sockets.ts'
import { type Pace, startPacing } from './pace.ts'
import { prepareDirectory } from './prepare-directory.ts'

export type Simulation = {
  /** One for each machine, in the scenario's order; those of machines that are off come when they are started. */
  readonly sockets: readonly MachineSocket[]
  /** The path of control.sock. */
  readonly control: string
  /** Stops time, ends every call and removes the sockets. */
  readonly close: () => Promise<void>
}

export type MachineSocket = {
  readonly machine: string
  readonly path: string
  /** Whether it is one now. */
  readonly isManager: boolean
}

/**
 * Serves a world as it stands, its time going on from there. `seed`: for control.sock to tell. Throws a `ListenProblem`
 * where its sockets cannot be made.
 */
export async function serveWorld(
  simulator: Simulator,
  options: { readonly speed: number; readonly directory: string; readonly seed?: number },
): Promise<Simulation> {
  const directory = resolve(options.directory)
  const { world } = simulator
  const unfit = Object.keys(world.machines).find(name => name === 'control' || !FIT_NAME.test(name))
  if (unfit !== undefined) throw new ListenProblem(`No machine can be called "${unfit}": its socket has that name`)
  const control = join(directory, 'control.sock')
  const pathOf = (machine: string) => join(directory, `${machine}.sock`)
  for (const path of [control, ...Object.keys(world.machines).map(pathOf)]) refuseLongPath(path)
  await prepareDirectory(directory)
  if (await isAnswered(control)) {
    throw new ListenProblem(`A simulation runs in ${directory} already: stop it, or name another directory`)
  }

  const exchange = createExchange(simulator, () => pace.catchUp())
  const machines = createMachineSockets(
    world,
    pathOf,
    machine => (incoming, response) => exchange.serve(machine, incoming, response),
  )
  let isServing = false
  const pace: Pace = startPacing(simulator, options.speed, deliveries => {
    exchange.deliver(deliveries)
    if (isServing) machines.follow().catch(process.emitWarning)
  })
  let listener: Listener | undefined
  const close = async () => {
    pace.stop()
    exchange.hangUp()
    await Promise.all([listener?.close(), machines.close()])
  }
  tellOfControl(world, control)
  try {
    listener = await listenOnSocket(control, createControl({ simulator, pace, machines, seed: options.seed ?? 0 }))
    await machines.follow()
  } catch (error) {
    await close()
    throw error
  }
  isServing = true
  const sockets = Object.values(world.machines).map(({ name, membership }) => {
    return { machine: name, path: pathOf(name), isManager: (membership?.manager ?? null) !== null }
  })
  return { sockets, control, close }
}

/** The rest of a hostname would lead out of the directory. */
const FIT_NAME = /^[\w-][\w.-]*$/

/** An engine's label is how a dashboard that has come to one of the sockets learns of the control beside it. */
function tellOfControl(world: World, control: string): void {
  for (const machine of Object.values(world.machines)) {
    machine.engineLabels = { ...machine.engineLabels, 'swarmtop.control': control }
  }
}
