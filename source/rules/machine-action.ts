/**
 * What can happen to a machine of a simulation and no engine can be asked for. `kill`: its processes die and peers get
 * resets; `poweroff`: not a packet more; `stop`: in order; `cut` and `heal`: its network.
 */
export const MACHINE_ACTIONS = ['kill', 'poweroff', 'stop', 'start', 'cut', 'heal'] as const

export type MachineAction = (typeof MACHINE_ACTIONS)[number]

export const isMachineAction = (word: string): word is MachineAction => MACHINE_ACTIONS.some(action => action === word)
