/** A swarm that a script is played on: the lab of real engines, or the simulator. */
export type Twin = {
  readonly name: 'lab' | 'simulator'
  readonly machines: readonly TwinMachine[]
  /** Comes back when it is done: a machine that was stopped is off then, one that was started answers. */
  readonly strike: (action: Action, machine: string) => Promise<void>
  readonly isRunning: (machine: string) => boolean
  /** Its own time, in milliseconds since some moment. */
  readonly now: () => number
  /** Lets so much of its time go by. */
  readonly pass: (ms: number) => Promise<void>
  /** Looks about every 100 ms of its time, until it is told to stop. */
  readonly watch: (look: () => Promise<void>) => { readonly stop: () => Promise<void> }
  /** Its time goes no faster than ours while this is done: the docker CLI measures by our clock. */
  readonly atOurPace: <T>(work: () => Promise<T>) => Promise<T>
}

export type TwinMachine = {
  readonly name: string
  /** `10.93.0.1` */
  readonly address: string
  /** The Engine API's socket. */
  readonly socket: string
}

export const ACTIONS = ['kill', 'poweroff', 'stop', 'start', 'cut', 'heal'] as const
export type Action = (typeof ACTIONS)[number]

export function findMachine(twin: Twin, name: string): TwinMachine {
  const machine = twin.machines.find(candidate => candidate.name === name)
  if (machine === undefined)
    throw new Error(`no machine ${name}; there are ${twin.machines.map(m => m.name).join(', ')}`)
  return machine
}
