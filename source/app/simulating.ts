import type { ApiClockChange, ApiMachine, ApiSimulation } from '../api/simulation.ts'
import type { Fault } from '../operations/fault.ts'
import type { MachineAction } from '../rules/machine-action.ts'
import type { Snapshot } from '../swarm/snapshot.ts'
import { simulatingAt } from './initial-state.ts'
import { addToJournal } from './journal.ts'
import { describeFault } from './journal-words.ts'
import { notify } from './navigating.ts'
import { readNow } from './polling.ts'
import type { Simulating, State } from './state.ts'
import { andThen, type Step, stay } from './step.ts'

const LOOK_EVERY_MS = 1000

/** Whether what is looked at is simulated, be its control within reach or not. */
export function isSimulated({ settings, simulation, reading }: State): boolean {
  return (
    settings.source.kind === 'simulator' || simulation !== null || (reading?.cluster.snapshot.scenario ?? '') !== ''
  )
}

/**
 * The simulation after a reading. An engine's labels say that it is one; where its control is they do not get to say,
 * since what we would connect to must not be an engine's choice: it lies beside the socket by which we came.
 */
export function recogniseSimulation(state: State, host: number, { scenario }: Snapshot): Simulating | null {
  const { settings, simulation, now } = state
  if (settings.source.kind === 'simulator') return simulation
  const control = settings.controls?.[host] ?? null
  if (scenario === '' || control === null) return null
  return simulation?.control === control ? simulation : simulatingAt(control, now)
}

/** Where a simulation has its sockets, those of its machines and control.sock. */
export function folderOfSockets({ control }: Simulating): string {
  return control.replace(/\/[^/]*$/, '')
}

/** Whether its control was asked and does not answer, or no longer. */
export function isSilent({ seen, answered }: Simulating): boolean {
  return seen === null && answered > 0
}

/** Looks at the simulation when it is time to: somebody else may have changed it. */
export function lookIfDue(state: State): Step {
  const { simulation } = state
  if (simulation === null || state.now < lookDueAt(state)) return stay(state)
  const number = simulation.sequence + 1
  return {
    state: withSimulation(state, { sequence: number, isLooking: true, lookAt: state.now + LOOK_EVERY_MS }),
    effects: [{ kind: 'look-at-simulation', number, control: simulation.control }],
  }
}

/** When such a look is due, milliseconds since 1970. */
export function lookDueAt({ simulation }: State): number {
  return simulation === null || simulation.isLooking ? Number.POSITIVE_INFINITY : simulation.lookAt
}

/** The simulation told of itself. */
export function seeSimulation(state: State, number: number, seen: ApiSimulation): State {
  const { simulation } = state
  if (simulation === null) return state
  const looked = withSimulation(state, { isLooking: false })
  return number < simulation.answered ? looked : withSimulation(looked, { seen, answered: number })
}

/** It did not: it has ended, or is busy. Its engines will tell. */
export function missSimulation(state: State, number: number): State {
  const { simulation } = state
  if (simulation === null) return state
  const looked = withSimulation(state, { isLooking: false })
  return number < simulation.answered ? looked : withSimulation(looked, { seen: null, answered: number })
}

/** The clock was not changed, for this reason; the next look shows how it stands. */
export function refuseClock(state: State, number: number, text: string): State {
  const { simulation } = state
  if (simulation === null) return state
  const answered = Math.max(number, simulation.answered)
  return notify(withSimulation(state, { answered, lookAt: state.now }), 'warning', text)
}

/**
 * Asks the simulation for another time. What was asked for stands in the state at once, so that the next key goes on from
 * there, and older answers no longer count.
 */
export function changeClock(state: State, change: ApiClockChange): Step {
  const { simulation } = state
  if (simulation === null || simulation.seen === null) return stay(notify(state, 'warning', OUT_OF_REACH))
  const number = simulation.sequence + 1
  const { stepMs, ...clock } = change
  const seen = { ...simulation.seen, ...clock }
  return {
    state: withSimulation(state, { sequence: number, answered: number, seen }),
    effects: [{ kind: 'change-clock', number, control: simulation.control, change }],
  }
}

/** Has something happen to a machine, which at once counts as it will be: the next key may be about another one. */
export function sendFault(state: State, fault: Fault): Step {
  const { simulation } = state
  if (simulation === null || simulation.seen === null) return stay(notify(state, 'warning', OUT_OF_REACH))
  const number = simulation.sequence + 1
  const machines = simulation.seen.machines.map(machine =>
    machine.name === fault.machine ? { ...machine, ...OUTCOMES[fault.action] } : machine,
  )
  return {
    state: withSimulation(state, { sequence: number, answered: number, seen: { ...simulation.seen, machines } }),
    effects: [{ kind: 'strike', control: simulation.control, fault }],
  }
}

const OUTCOMES: Readonly<Record<MachineAction, Partial<ApiMachine>>> = {
  kill: { power: 'off' },
  poweroff: { power: 'off' },
  stop: { power: 'off' },
  start: { power: 'booting' },
  cut: { isCut: true },
  heal: { isCut: false },
}

/** It has not, for this reason; the next look shows how the machine is. */
export function refuseFault(state: State, text: string): State {
  return notify(withSimulation(state, { lookAt: state.now }), 'warning', text)
}

/** It has happened; what comes of it is seen as it would be seen in a real swarm. */
export function followFault(state: State, fault: Fault): Step {
  const told = notify(state, 'info', describeFault(fault).text)
  const noted = addToJournal(told, [{ kind: 'fault', fault }])
  return andThen(readNow(withSimulation(noted, { lookAt: state.now })), lookIfDue)
}

export const OUT_OF_REACH = 'The control of this simulation does not answer'

function withSimulation(state: State, change: Partial<Simulating>): State {
  return state.simulation === null ? state : { ...state, simulation: { ...state.simulation, ...change } }
}
