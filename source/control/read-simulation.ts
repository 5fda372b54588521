import type { ApiLoad, ApiMachine, ApiSimulation } from '../api/simulation.ts'

/**
 * A simulation as it told of itself, or null for what is none. Whoever listens on a socket may not be who we think: what
 * is not of its type is left out.
 */
export function readSimulation(value: unknown): ApiSimulation | null {
  if (!isRecord(value) || !Array.isArray(value.machines)) return null
  return {
    scenario: textIn(value.scenario),
    seed: numberIn(value.seed),
    now: textIn(value.now),
    speed: numberIn(value.speed),
    isPaused: value.isPaused === true,
    machines: value.machines.filter(isRecord).map(readMachine),
    load: Array.isArray(value.load) ? value.load.filter(isRecord).map(readLoad) : [],
  }
}

type Fields = Readonly<Record<string, unknown>>

function readMachine(machine: Fields): ApiMachine {
  return {
    name: textIn(machine.name),
    address: textIn(machine.address),
    power: POWERS.find(power => power === machine.power) ?? 'on',
    isCut: machine.isCut === true,
    swarm: STATES.find(state => state === machine.swarm) ?? 'inactive',
    role: ROLES.find(role => role === machine.role) ?? '',
  }
}

const POWERS = ['on', 'booting', 'off'] as const
const STATES = ['inactive', 'pending', 'active', 'locked', 'error'] as const
const ROLES = ['manager', 'worker'] as const

function readLoad(load: Fields): ApiLoad {
  return {
    service: textIn(load.service),
    requestsPerSecond: numberIn(load.requestsPerSecond),
    requests: numberIn(load.requests),
    failures: numberIn(load.failures),
  }
}

const isRecord = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')
const numberIn = (value: unknown): number => (typeof value === 'number' && Number.isFinite(value) ? value : 0)
