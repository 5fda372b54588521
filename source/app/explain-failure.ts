import { quoteForShell } from '../operations/quote-for-shell.ts'
import { explainProblem } from '../swarm/explain-problem.ts'
import type { Problem } from '../swarm/problem.ts'
import { machineBehind } from './machine-behind.ts'
import { isSilent } from './simulating.ts'
import type { State } from './state.ts'

/**
 * Why the host that was asked last gives no reading, in one sentence. Engines that are simulated are not started by hand:
 * for them it is said what became of the simulation, or of the machine.
 */
export function explainFailure(state: State, problem: Problem): string {
  return explainSimulated(state, problem) ?? explainProblem(problem)
}

function explainSimulated({ settings, simulation }: State, problem: Problem): string | null {
  if (simulation === null) return null
  const [first = ''] = settings.hosts
  if (problem.kind === 'not-a-swarm' && settings.source.kind === 'simulator') {
    return `No machine is in a swarm yet; make one with docker -H ${quoteForShell(first)} swarm init`
  }
  const socket = socketIn(problem)
  if (socket === null) return null
  if (isSilent(simulation)) return 'The simulation has ended'
  const name = machineBehind(socket)
  const isOff = simulation.seen?.machines.some(machine => machine.name === name && machine.power === 'off')
  return isOff ? `${name} is off: S starts it` : null
}

/** Where nobody listened any more; null for what says that somebody did. */
function socketIn(problem: Problem): string | null {
  if (problem.kind === 'no-socket') return problem.path
  return problem.kind === 'refused' || problem.kind === 'unreachable' ? problem.address : null
}
