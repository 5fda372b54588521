import { run } from './commands.ts'
import { isRunning, killEngine, startEngine, stopEngine } from './engine.ts'
import { importImages, packRootfs } from './images.ts'
import { type Machine, machinesOf } from './machine.ts'
import { addNetwork, cutCable, healCable } from './network.ts'
import { type LabRecord, labDirectory, newRecord, thisProcess, writeRecord } from './record.ts'
import { removeAbandonedLabs, removeLab, removeOnExit } from './remove.ts'
import { formSwarm } from './swarm.ts'

/** Real Docker Engines, each on a machine of its own as far as it can tell: host name, network, processes, `/run`. */
export type Lab = {
  /** `node1` to `nodeN`. */
  readonly machines: readonly Machine[]
  /** Runs the docker CLI on a machine's engine and gives what it printed. */
  readonly docker: (machine: string, ...args: string[]) => Promise<string>
  /** The path of a machine's Engine API socket. */
  readonly socket: (machine: string) => string
  readonly formSwarm: (size: { readonly managers: number }) => Promise<void>
  /** Puts the images `swarmtop-lab:1`, `:2`, `:stubborn`, `:crash`, `:bad` and `:done` on every engine. */
  readonly loadImages: () => Promise<void>
  /** All processes of the machine die at once; its kernel lives on and answers its peers with resets. */
  readonly kill: (machine: string) => Promise<void>
  /** The same, but its peers get not a packet more. */
  readonly poweroff: (machine: string) => Promise<void>
  /** The engine ends in order; comes back when it has, containers that ignore SIGTERM take it 10 s. */
  readonly stop: (machine: string) => Promise<void>
  /** Boots the machine, its cable in; comes back when the engine answers. */
  readonly start: (machine: string) => Promise<void>
  /** Pulls its network cable; the engine runs on. */
  readonly cut: (machine: string) => Promise<void>
  readonly heal: (machine: string) => Promise<void>
  readonly isRunning: (machine: string) => boolean
  /** Removes everything. */
  readonly down: () => Promise<void>
}

/**
 * Starts engines, not yet in a swarm. They are removed when this process ends, whatever its end, or by the next lab if
 * it was killed. With `id` the lab is not tied to this process: it stays until somebody takes it down.
 */
export async function startLab({ engines, id }: { readonly engines: number; readonly id?: string }): Promise<Lab> {
  removeAbandonedLabs()
  const owner = id === undefined ? thisProcess() : null
  const record = newRecord(id ?? `${process.pid}-${++labsStarted}`, engines, owner)
  writeRecord(record)
  const callOff = removeOnExit(record)
  try {
    const machines = machinesOf(record)
    await addNetwork(record, machines)
    await Promise.all(machines.map(startEngine))
  } catch (error) {
    callOff()
    removeLab(record)
    throw error
  }
  if (owner === null) callOff()
  return openLab(record, callOff)
}

let labsStarted = 0

/** A lab that exists. */
export function openLab(record: LabRecord, onDown = () => {}): Lab {
  const machines = machinesOf(record)
  const find = (name: string): Machine => {
    const machine = machines.find(candidate => candidate.name === name)
    if (machine === undefined) throw new Error(`no machine ${name}; there are ${record.machines.join(', ')}`)
    return machine
  }
  const docker = (name: string, ...args: string[]): Promise<string> =>
    run('docker', ['--host', `unix://${find(name).socket}`, ...args])

  const lab: Lab = {
    machines,
    docker,
    socket: name => find(name).socket,
    formSwarm: ({ managers }) => formSwarm(lab, managers),
    loadImages: async () => {
      const archive = await packRootfs(labDirectory(record))
      await Promise.all(machines.map(({ name }) => importImages((...args) => docker(name, ...args), archive)))
    },
    kill: async name => killEngine(find(name)),
    poweroff: async name => {
      await cutCable(record, find(name))
      killEngine(find(name))
    },
    stop: name => stopEngine(find(name)),
    start: async name => {
      await healCable(record, find(name))
      await startEngine(find(name))
    },
    cut: name => cutCable(record, find(name)),
    heal: name => healCable(record, find(name)),
    isRunning: name => isRunning(find(name)),
    down: async () => {
      onDown()
      removeLab(record)
    },
  }
  return lab
}
