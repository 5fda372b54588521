import assert from 'node:assert/strict'
import type { ApiInfo } from '../../source/api/info.ts'
import { type Answer, type SimulatedSwarm, simulatedSwarm } from './simulated-swarm.ts'

/** What a machine asks for and what comes of it, waiting as long as it takes: a minute at most. */
export type Members = SimulatedSwarm & {
  readonly ask: (machine: string, method: string, path: string, body?: unknown) => Told
  /** Seconds. */
  readonly wait: (seconds: number) => void
  readonly init: (machine: string, request?: object) => Told
  /** With that role's token, or any other; `via`: the manager that is asked. */
  readonly join: (machine: string, token: string, via?: string) => Told
  readonly leave: (machine: string, how?: 'force') => Told
  readonly token: (role: 'worker' | 'manager', machine?: string) => string
  readonly info: (machine: string) => NonNullable<ApiInfo['Swarm']>
  /** `node1 ready manager leader`, sorted, of what `machine` lists. */
  readonly table: (machine?: string) => readonly string[]
}

/** `seconds`: how long it took. */
export type Told = { readonly status: number; readonly text: string; readonly seconds: number }

const STEP_MS = 50
const PATIENCE_MS = 60_000

export function members(options: Parameters<typeof simulatedSwarm>[0]): Members {
  const swarm = simulatedSwarm(options)
  const { world } = swarm.simulator

  const ask = (machine: string, method: string, path: string, body?: unknown): Told => {
    const since = world.now
    const told = swarm.begin(method, path, body, machine)
    while (told() === null && world.now < since + PATIENCE_MS) swarm.pass(STEP_MS)
    const answer = told()
    assert.ok(answer, `${method} ${path} was never answered`)
    return { status: answer.status, text: textOf(answer), seconds: (world.now - since) / 1_000 }
  }
  const read = <T>(machine: string, path: string): T => {
    const answer = swarm.call('GET', path, undefined, machine)
    assert.equal(answer.status, 200, answer.body)
    return answer.value as T
  }
  const token = (role: 'worker' | 'manager', machine = 'node1') => {
    const { JoinTokens } = read<{ JoinTokens: { Worker: string; Manager: string } }>(machine, '/swarm')
    return role === 'worker' ? JoinTokens.Worker : JoinTokens.Manager
  }

  return {
    ...swarm,
    ask,
    wait: seconds => swarm.pass(seconds * 1_000),
    init: (machine, request = {}) => ask(machine, 'POST', '/swarm/init', { ListenAddr: LISTEN, ...request }),
    join: (machine, given, via = 'node1') =>
      ask(machine, 'POST', '/swarm/join', {
        ListenAddr: LISTEN,
        RemoteAddrs: [`${world.machines[via]?.address ?? via}:2377`],
        JoinToken: given,
      }),
    leave: (machine, how) => ask(machine, 'POST', `/swarm/leave${how === 'force' ? '?force=1' : ''}`),
    token,
    info: machine => read<{ Swarm: NonNullable<ApiInfo['Swarm']> }>(machine, '/info').Swarm,
    table: (machine = 'node1') => {
      const nodes = read<ReturnType<SimulatedSwarm['nodes']>>(machine, '/nodes')
      return nodes
        .map(({ Description, Status, Spec, ManagerStatus }) => {
          const manager = ManagerStatus?.Leader === true ? 'leader' : ManagerStatus?.Reachability
          return [Description?.Hostname, Status?.State, Spec?.Role, manager].filter(Boolean).join(' ')
        })
        .toSorted()
    },
  }
}

const LISTEN = '0.0.0.0:2377'

/** An error's message, anything else as it stands. */
function textOf({ value, body }: Answer): string {
  const message = (value as { readonly message?: string } | null)?.message
  return message ?? body.trim()
}
