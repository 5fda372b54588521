import type { ApiReading } from '../../source/api/info.ts'
import type { ApiMachine, ApiSimulation } from '../../source/api/simulation.ts'
import { apiInfo } from './api-builders.ts'
import { wellReading } from './cluster-builders.ts'

/** Five machines for the nodes of `wellReading`, all on, at the pace of reality. */
export function apiSimulation(words: Partial<ApiSimulation> = {}): ApiSimulation {
  return {
    scenario: 'quiet-day',
    seed: 1,
    now: '2026-11-21T12:00:00Z',
    speed: 1,
    isPaused: false,
    machines: ['m1', 'm2', 'm3', 'w1', 'w2'].map(name => apiMachine({ name })),
    load: [],
    ...words,
  }
}

export function apiMachine(words: Partial<ApiMachine> = {}): ApiMachine {
  return { name: 'm1', address: '10.0.0.1', power: 'on', isCut: false, swarm: 'active', role: 'manager', ...words }
}

/** `wellReading` as a simulation's engine gives it. */
export const simulatedReading: Partial<ApiReading> = {
  ...wellReading,
  info: apiInfo({ Labels: ['swarmtop.simulation=quiet-day', 'swarmtop.control=/sim/control.sock'] }),
}
