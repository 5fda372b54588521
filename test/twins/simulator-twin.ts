import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ApiMachine } from '../../source/api/simulation.ts'
import type { ControlAnswer } from '../../source/control/control.ts'
import { openControl } from '../../source/control/open-control.ts'
import { serveSimulation } from '../../source/simulator/http/serve-simulation.ts'
import { parseScenario } from '../../source/simulator/scenarios/parse-scenario.ts'
import { isAnswering } from '../lab/engine.ts'
import { waitFor } from '../lab/wait-for.ts'
import type { Twin } from './twin.ts'

/** Five machines in no swarm, as the lab has them, and a name that no registry knows. */
const SCENARIO = `
name: five-blank
machines:
  - { name: node, count: 5, role: none, cpus: 2, memory: 16GiB }
images:
  nosuch: { missing: true }
`

/** As often as Swarm shows states at all. */
const STEP_MS = 100
/** Time goes ten times as fast as ours at most, so that what is asked of it from outside is not asked too late. */
const HURRIED_STEP_MS = 10

export type SimulatorTwin = Twin & { readonly close: () => Promise<void> }

/**
 * A simulation of its own. Its time is held and goes on step by step, with a look after each, so that no look comes too
 * late on a machine that is busy.
 */
export async function startSimulatorTwin(seed = 1): Promise<SimulatorTwin> {
  const parsed = parseScenario(SCENARIO, 'five-blank.yaml')
  if (!parsed.ok) throw new Error(parsed.text)
  const directory = mkdtempSync(join(tmpdir(), 'swarmtop-twin-'))
  const options = { scenario: parsed.scenario, seed, speed: 1, directory, epochMs: Date.now() }
  const simulation = await serveSimulation(options)
  const control = openControl(simulation.control)
  const socket = (machine: string): string => join(directory, `${machine}.sock`)
  const readMachines = async (): Promise<readonly ApiMachine[]> => demand(await control.look(limit())).machines
  const clock = startClock(async stepMs => demand(await control.changeClock({ isPaused: true, stepMs }, limit())))
  const off = new Set<string>()

  return {
    ...clock,
    name: 'simulator',
    machines: (await readMachines()).map(({ name, address }) => ({ name, address, socket: socket(name) })),
    isRunning: machine => !off.has(machine),
    strike: async (action, machine) => {
      demand(await control.strike(machine, action, limit()))
      if (action === 'cut' || action === 'heal') return
      if (action === 'start') {
        await waitFor(`${machine} to answer`, () => isAnswering(socket(machine), 5_000))
        off.delete(machine)
        return
      }
      off.add(machine)
      await waitFor(`${machine} to be off`, readMachines, {
        until: machines => machines.find(({ name }) => name === machine)?.power === 'off',
      })
    },
    close: async () => {
      await clock.stop()
      await simulation.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

function limit(): AbortSignal {
  return AbortSignal.timeout(10_000)
}

function demand<T>(answer: ControlAnswer<T>): T {
  if (!answer.ok) throw new Error(answer.text)
  return answer.value
}

/** A look that gets no answer must not hold up the time: without a leader it is time that it waits for. */
const LONGEST_LOOK_MS = 50

function startClock(step: (ms: number) => Promise<unknown>) {
  let [now, errands, isOver] = [0, 0, false]
  let look: (() => Promise<void>) | null = null
  let looking: Promise<void> | null = null

  const run = async (): Promise<void> => {
    while (!isOver) {
      const startedAt = performance.now()
      await step(STEP_MS)
      now += STEP_MS
      looking ??=
        look?.().finally(() => {
          looking = null
        }) ?? null
      await Promise.race([looking, sleep(LONGEST_LOOK_MS)])
      const paceMs = errands > 0 ? STEP_MS : HURRIED_STEP_MS
      await sleep(Math.max(1, startedAt + paceMs - performance.now()))
    }
  }
  const running = run()
  const pass = async (ms: number): Promise<void> => {
    for (const until = now + ms; now < until && !isOver; ) await sleep(5)
  }

  return {
    now: () => now,
    pass,
    watch: (watched: () => Promise<void>) => {
      look = watched
      return {
        stop: async () => {
          look = null
          await looking
        },
      }
    },
    atOurPace: async <T>(work: () => Promise<T>): Promise<T> => {
      errands++
      try {
        return await work()
      } finally {
        errands--
      }
    },
    stop: () => {
      isOver = true
      return running
    },
  }
}
