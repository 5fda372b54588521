import assert from 'node:assert/strict'
import type { ApiInfo } from '../../source/api/info.ts'
import type { ApiNode } from '../../source/api/node.ts'
import type { ApiService } from '../../source/api/service.ts'
import type { ApiTask } from '../../source/api/task.ts'
import { buildWorld } from '../../source/simulator/scenarios/build-world.ts'
import { findScenario } from '../../source/simulator/scenarios/find-scenario.ts'
import { load, type Simulator } from '../../source/simulator/simulator.ts'
import { EPOCH_MS } from './simulated-swarm.ts'

/** A built-in scenario, watched as somebody would who asks whichever machine still answers. */
export type Story = {
  readonly simulator: Simulator
  /** Lets it go on until so many seconds after its start. */
  readonly goTo: (seconds: number) => void
  /** What the first manager that is on says to a GET: its value, or in a word or two why there is none. */
  readonly ask: (path: string) => { readonly value: unknown; readonly problem: string }
  readonly info: (machine: string) => ApiInfo
  readonly nodes: () => readonly ApiNode[]
  /** `web`: `8/8`, as `docker service ls` shows it. */
  readonly replicas: (service: string) => string
  readonly service: (name: string) => ApiService
  readonly tasks: (service: string) => readonly ApiTask[]
}

/** The story at its first moment, its history behind it. */
export function beginStory(name: string, seed = 1): Story {
  const scenario = findScenario(name)
  assert.ok(scenario, `no scenario ${name}`)
  const simulator = load(buildWorld(scenario, seed, EPOCH_MS))
  simulator.advance(0)

  const askMachine = (machine: string, path: string): ReturnType<Story['ask']> => {
    const reply = simulator.handle({ machine, method: 'GET', path, headers: {}, body: '' })
    if (reply.kind !== 'answer') return { value: null, problem: reply.kind }
    const value: unknown = JSON.parse(reply.body)
    return reply.status === 200 ? { value, problem: '' } : { value: null, problem: `${reply.status} ${reply.body}` }
  }
  const ask = (path: string) => {
    const managers = Object.values(simulator.world.machines).filter(machine => machine.membership?.manager != null)
    const first = managers.find(machine => machine.power === 'on' && !machine.isCut) ?? managers[0]
    return askMachine(first?.name ?? '', path)
  }
  const read = <T>({ value, problem }: ReturnType<Story['ask']>): T => {
    assert.equal(problem, '')
    return value as T
  }
  const ofService = (name: string) => encodeURIComponent(JSON.stringify({ service: [name] }))
  const services = () => read<readonly ApiService[]>(ask('/services?status=true'))
  const service = (name: string) => {
    const found = services().find(({ Spec: spec }) => spec?.Name === name)
    assert.ok(found, `no service ${name}`)
    return found
  }

  return {
    simulator,
    goTo: seconds => void simulator.advance(seconds * 1_000),
    ask,
    info: machine => read<ApiInfo>(askMachine(machine, '/info')),
    nodes: () => read<readonly ApiNode[]>(ask('/nodes')),
    replicas: name => {
      const { ServiceStatus: status } = service(name)
      return `${status?.RunningTasks}/${status?.DesiredTasks}`
    },
    service,
    tasks: name => read<readonly ApiTask[]>(ask(`/tasks?filters=${ofService(name)}`)),
  }
}

/** The leader's host name; `''` where nobody says. */
export function leaderOf(nodes: readonly ApiNode[]): string {
  return nodes.find(({ ManagerStatus: status }) => status?.Leader)?.Description?.Hostname ?? ''
}

/** Host names of the nodes in this state, in alphabetical order. */
export function nodesIn(state: string, nodes: readonly ApiNode[]): readonly string[] {
  return nodes.flatMap(node => (node.Status?.State === state ? [node.Description?.Hostname ?? ''] : [])).toSorted()
}

/** Where the tasks that run are: `1@node2`, slot and host name, in the order of the slots. */
export function placement(tasks: readonly ApiTask[], nodes: readonly ApiNode[]): readonly string[] {
  const names = new Map(nodes.map(node => [node.ID, node.Description?.Hostname]))
  return tasks
    .filter(({ Status: status, DesiredState: desired }) => status?.State === 'running' && desired === 'running')
    .toSorted((one, other) => (one.Slot ?? 0) - (other.Slot ?? 0))
    .map(({ Slot: slot, NodeID: nodeId }) => `${slot}@${names.get(nodeId ?? '')}`)
}
