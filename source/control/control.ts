import type { ApiClockChange, ApiSimulation } from '../api/simulation.ts'
import type { MachineAction } from '../rules/machine-action.ts'

/** The control of a running simulation. Nothing here throws for what a socket or a stranger behind it can do. */
export type Control = {
  readonly look: (signal: AbortSignal) => Promise<ControlAnswer<ApiSimulation>>
  /** Answers with the simulation as it is then. */
  readonly changeClock: (change: ApiClockChange, signal: AbortSignal) => Promise<ControlAnswer<ApiSimulation>>
  /** Done when the machine's own socket is there, or is gone. */
  readonly strike: (machine: string, action: MachineAction, signal: AbortSignal) => Promise<ControlAnswer<null>>
}

/** `absent`: nobody answers there; `refused`: it cannot be done, in the simulation's words. Each is one sentence. */
export type ControlAnswer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly why: 'absent' | 'refused'; readonly text: string }
