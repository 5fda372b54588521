import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
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

export type SimulatorTwin = Twin & { readonly close: () => Promise<void> }

/** A simulation of its own, whose time goes `speed` times as fast. */
export async function startSimulatorTwin(speed: number, seed = 1): Promise<SimulatorTwin> {
  const parsed = parseScenario(SCENARIO, 'five-blank.yaml')
  if (!parsed.ok) throw new Error(parsed.text)
  const directory = mkdtempSync(join(tmpdir(), 'swarmtop-twin-'))
  const options = { scenario: parsed.scenario, seed, speed, directory, epochMs: Date.now() }
  const simulation = await serveSimulation(options)
  const control = openControl(simulation.control)
  const look = async () => {
    const answer = await control.look(AbortSignal.timeout(5_000))
    if (!answer.ok) throw new Error(answer.text)
    return answer.value.machines
  }
  const seen = await look()
  const off = new Set<string>()
  const socket = (machine: string): string => join(directory, `${machine}.sock`)

  return {
    name: 'simulator',
    speed,
    machines: seen.map(({ name, address }) => ({ name, address, socket: socket(name) })),
    isRunning: machine => !off.has(machine),
    strike: async (action, machine) => {
      const answer = await control.strike(machine, action, AbortSignal.timeout(5_000))
      if (!answer.ok) throw new Error(answer.text)
      if (action === 'start') {
        await waitFor(`${machine} to answer`, () => isAnswering(socket(machine), 5_000))
        off.delete(machine)
      } else if (action !== 'cut' && action !== 'heal') {
        off.add(machine)
        const isOff = (machines: Awaited<ReturnType<typeof look>>): boolean =>
          machines.find(({ name }) => name === machine)?.power === 'off'
        await waitFor(`${machine} to be off`, look, { until: isOff })
      }
    },
    close: async () => {
      await simulation.close()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}
