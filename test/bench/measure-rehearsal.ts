import { Worker } from 'node:worker_threads'
import type { ApiReading } from '../../source/api/info.ts'
import type { Operation } from '../../source/operations/operation.ts'
import { createRehearsals } from '../../source/perform-rehearsal.ts'
import { WALL_CLOCK } from '../../source/program.ts'
import { rehearse } from '../../source/rehearsal/rehearse.ts'
import { buildWorld } from '../../source/simulator/scenarios/build-world.ts'
import { findScenario } from '../../source/simulator/scenarios/find-scenario.ts'
import { load } from '../../source/simulator/simulator.ts'
import { readingOf } from '../helpers/rehearsal-builders.ts'
import { driveSwarm, EPOCH_MS } from '../helpers/simulated-swarm.ts'
import type { RehearsalFigures } from './bench-rehearsal.ts'
import { quantile } from './figures.ts'

const RUNS = 7

async function measure(): Promise<RehearsalFigures> {
  const reading = readLargeSwarm()
  const operations = operationsOn(reading)
  const planMs = Object.fromEntries(
    Object.entries(operations).map(([what, operation]) => [
      what,
      middle(() => rehearse({ reading, operations: [operation] })),
    ]),
  )
  const worker = await measureWorker(reading, operations['drain a node'])
  return { planMs, ...worker, memoryMb: Math.round(process.memoryUsage().rss / 1e6) }
}

function readLargeSwarm(): ApiReading {
  const scenario = findScenario('thousand-nodes')
  if (scenario === null) throw new Error('There is no large scenario')
  const world = buildWorld(scenario, 1, EPOCH_MS)
  const simulator = load(world)
  simulator.advance(0)
  const manager = Object.values(world.machines).find(({ membership }) => membership?.manager != null)
  return readingOf(driveSwarm(simulator, manager?.name))
}

function operationsOn({ nodes, services }: ApiReading) {
  const workerId = nodes.find(({ Spec }) => Spec?.Role === 'worker')?.ID ?? ''
  const leaderId = nodes.find(({ ManagerStatus }) => ManagerStatus?.Leader === true)?.ID ?? ''
  return {
    'drain a node': { kind: 'drain', nodeId: workerId, name: 'worker' },
    'renew a service': { kind: 'force-update', serviceId: services[0]?.ID ?? '', name: 'service' },
    'demote the leader': { kind: 'demote', nodeId: leaderId, name: 'leader' },
  } as const satisfies Record<string, Operation>
}

/** The bundled worker, as the dashboard has it: first it has to be started, then it has one reading after another. */
async function measureWorker(reading: ApiReading, operation: Operation) {
  const worker = new URL('../../dist/rehearsal-worker.js', import.meta.url)
  const rehearsals = createRehearsals(WALL_CLOCK, () => new Worker(worker))
  const start = performance.now()
  const startedMs = await longestHoldMs(() => rehearseOn(reading))
  const throughWorkerMs = Math.round(performance.now() - start)
  const sentMs = await longestHoldMs(() => rehearseOn({ ...reading }))
  rehearsals.forget()
  return { startedMs, sentMs, throughWorkerMs }

  function rehearseOn(kept: ApiReading): Promise<void> {
    rehearsals.keep(0, kept)
    return rehearsals.rehearse({ number: 1, host: 0, operations: [operation] }, () => {})
  }
}

/** For how long at most nothing else is done by this thread, in its own time. */
async function longestHoldMs(work: () => Promise<void>): Promise<number> {
  let [longest, last, isOver] = [0, threadMs(), false]
  const look = () => {
    longest = Math.max(longest, threadMs() - last)
    last = threadMs()
    if (!isOver) setImmediate(look)
  }
  look()
  await work()
  isOver = true
  return longest
}

/** Whoever else is at work on this machine. */
function threadMs(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000
}

function middle(work: () => unknown): number {
  const times = Array.from({ length: RUNS }, () => {
    const start = threadMs()
    work()
    return threadMs() - start
  })
  return Math.round(quantile(times, 0.5))
}

process.send?.(await measure())
