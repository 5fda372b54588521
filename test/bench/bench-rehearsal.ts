import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { Report } from './figures.ts'

export type RehearsalFigures = {
  /** Milliseconds of computing from the reading to the plan, by what is rehearsed; of several runs the middle one. */
  readonly planMs: Readonly<Record<string, number>>
  /** The longest that the screen's thread is held up while the worker is started, and while a reading is sent to it. */
  readonly startedMs: number
  readonly sentMs: number
  /** The whole way of the first plan. */
  readonly throughWorkerMs: number
  readonly memoryMb: number
}

/** Plans for a swarm of 1,000 nodes and 10,000 tasks, in a process of their own. */
export async function benchRehearsal(report: Report): Promise<void> {
  const script = fileURLToPath(new URL('measure-rehearsal.ts', import.meta.url))
  const child = fork(script, [], { execArgv: ['--disable-warning=ExperimentalWarning'] })
  const [{ planMs, startedMs, sentMs, throughWorkerMs, memoryMb }] = (await once(child, 'message')) as [
    RehearsalFigures,
  ]
  for (const [what, ms] of Object.entries(planMs))
    report(`rehearsal, 10,000 tasks, ${what}`, `${ms} ms of computing`, '≤ 2000')
  report('rehearsal, through the worker', `${throughWorkerMs} ms, the first time`, '≤ 2000')
  report('rehearsal, the screen waits', `${sentMs.toFixed(1)} ms at most; ${startedMs.toFixed(1)} ms once`, '≤ 10')
  report('rehearsal, memory', `${memoryMb} MB with the worker and the simulated swarm itself`, '')
}
