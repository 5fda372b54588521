import { basename, dirname, join } from 'node:path'
import type { Effect } from './app/effect.ts'
import type { Event } from './program.ts'
import { assertNever } from './rules/assert-never.ts'
import { explainProblem } from './swarm/explain-problem.ts'

/** A simulation that is at work on a large world answers when it is done. */
const PATIENCE_MS = 10_000

/** Its tasks are stopped first, which takes ten seconds where they do not heed it; a simulation may be slow besides. */
const NEW_CLUSTER_LIMIT_MS = 60_000

type ControlEffect = Extract<Effect, { readonly control: string }>

/** Carries out what is asked of a simulation's control. A real swarm never gets here, and does not load it. */
export async function performControl(effect: ControlEffect, dispatch: (event: Event) => void): Promise<void> {
  const { openControl } = await import('./control/open-control.ts')
  const control = openControl(effect.control)
  const signal = AbortSignal.timeout(PATIENCE_MS)
  switch (effect.kind) {
    case 'look-at-simulation': {
      const { number } = effect
      const seen = await control.look(signal)
      if (seen.ok) dispatch({ kind: 'simulation-seen', number, simulation: seen.value })
      else dispatch({ kind: 'simulation-missed', number })
      return
    }
    case 'change-clock': {
      const { number } = effect
      const changed = await control.changeClock(effect.change, signal)
      if (changed.ok) dispatch({ kind: 'clock-changed', number, simulation: changed.value })
      else dispatch({ kind: 'clock-refused', number, text: changed.text })
      return
    }
    case 'strike': {
      const { fault } = effect
      const happened = await control.strike(fault.machine, fault.action, signal)
      if (happened.ok) dispatch({ kind: 'fault-happened', fault })
      else dispatch({ kind: 'fault-refused', fault, text: happened.text })
      return
    }
    case 'force-new-cluster': {
      const { newCluster } = effect
      const { forceNewCluster } = await import('./engine/force-new-cluster.ts')
      const socket = join(dirname(effect.control), `${basename(newCluster.machine)}.sock`)
      const answer = await forceNewCluster(socket, newCluster.address, AbortSignal.timeout(NEW_CLUSTER_LIMIT_MS))
      const trouble = answer.ok ? null : explainProblem(answer.problem)
      dispatch({ kind: 'new-cluster-answered', newCluster, trouble })
      return
    }
    default:
      assertNever(effect)
  }
}
