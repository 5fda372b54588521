import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** A swarm to measure. Up to ten of its services are rolled over at once, again and again. */
export type SimulatedSize = {
  readonly nodes: number
  readonly services: number
  readonly replicas: number
  /** How many simulated seconds are measured. */
  readonly seconds: number
}

const SIZES: readonly SimulatedSize[] = [
  { nodes: 5, services: 20, replicas: 5, seconds: 3_600 },
  { nodes: 50, services: 50, replicas: 20, seconds: 600 },
  { nodes: 1_000, services: 500, replicas: 20, seconds: 120 },
]

export type SimulatorFigures = {
  readonly ratio: number
  readonly restRatio: number
  readonly memoryMb: number
  readonly heapMb: number
}

/** How many simulated seconds a real one has, under rolling updates and at rest; each size in a process of its own. */
export async function benchSimulator(report: (what: string, measured: string, bar: string) => void): Promise<void> {
  for (const size of SIZES) {
    const runs: SimulatorFigures[] = []
    for (let run = 0; run < 3; run++) runs.push(await measureApart(size))
    const { nodes, services, replicas } = size
    const what = `simulator, ${nodes} nodes, ${services * replicas} tasks`
    const bar = nodes === 5 ? '≥ 1000 ×' : '> 1 ×'
    const middle = (figure: keyof SimulatorFigures) => Math.round(median(runs.map(run => run[figure])))
    report(`${what}, ten rolling updates`, sayRatio(middle('ratio')), bar)
    report(`${what}, at rest`, sayRatio(middle('restRatio')), bar)
    report(`${what}, memory`, `${middle('memoryMb')} MB, of which ${middle('heapMb')} MB is in use`, '')
  }
}

/** At rest nothing ticks: how fast that is says no more than that. */
function sayRatio(ratio: number): string {
  return ratio > 1e6 ? 'over 1,000,000 × real time' : `${ratio} × real time`
}

async function measureApart(size: SimulatedSize): Promise<SimulatorFigures> {
  // Without the loader of the tests, which gives every function its name anew and costs a quarter of the time.
  const script = fileURLToPath(new URL('measure-simulator.ts', import.meta.url))
  const child = fork(script, [JSON.stringify(size)], {
    execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
  })
  const [figures] = (await once(child, 'message')) as [SimulatorFigures]
  return figures
}

function median(numbers: readonly number[]): number {
  return numbers.toSorted((one, other) => one - other)[Math.floor(numbers.length / 2)] ?? 0
}
