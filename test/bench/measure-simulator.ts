import { serviceSpec, simulatedSwarm } from '../helpers/simulated-swarm.ts'
import type { SimulatedSize, SimulatorFigures } from './bench-simulator.ts'

/** One size, in a process that does nothing else; says its figures to the one that forked it. */
function measure({ nodes, services, replicas, seconds }: SimulatedSize): SimulatorFigures {
  const swarm = simulatedSwarm({ managers: 3, workers: nodes - 3, memoryBytes: 64e9 })
  const update = { Parallelism: 1, Delay: 1e9, Monitor: 5e9, FailureAction: 'pause', Order: 'stop-first' }
  const names = Array.from({ length: services }, (_, index) => `svc${index}`)
  for (const name of names) swarm.create(serviceSpec(name, { replicas, update }))
  swarm.pass(60_000)

  const restMs = timeOf(() => swarm.pass(seconds * 1_000))
  const rolled = Math.min(services, 10)
  const updateMs = timeOf(() => {
    // A roll of so many replicas takes some seconds each; then comes the next round of services.
    const roundMs = replicas * 3_000
    for (let passed = 0, round = 0; passed < seconds * 1_000; passed += roundMs, round++) {
      for (let index = 0; index < rolled; index++) {
        const name = names[(round * rolled + index) % services] ?? ''
        swarm.changeService(name, spec => ({
          ...spec,
          TaskTemplate: { ...spec.TaskTemplate, ForceUpdate: (spec.TaskTemplate?.ForceUpdate ?? 0) + 1 },
        }))
      }
      swarm.pass(Math.min(roundMs, seconds * 1_000 - passed))
    }
  })
  return {
    ratio: (seconds * 1_000) / updateMs,
    restRatio: (seconds * 1_000) / restMs,
    memoryMb: process.memoryUsage().rss / 1e6,
    heapMb: heapInUse(),
  }
}

/** What the world itself takes, garbage taken away first. */
function heapInUse(): number {
  globalThis.gc?.()
  return process.memoryUsage().heapUsed / 1e6
}

function timeOf(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

process.send?.(measure(JSON.parse(process.argv[2] ?? '{}') as SimulatedSize))
