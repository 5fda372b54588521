import assert from 'node:assert/strict'
import type { ApiEvent } from '../../source/api/info.ts'
import type { ApiNode, ApiNodeSpec } from '../../source/api/node.ts'
import type { ApiService, ApiServiceSpec } from '../../source/api/service.ts'
import type { ApiTask } from '../../source/api/task.ts'
import type { MachineAction } from '../../source/rules/machine-action.ts'
import type { Headers, Request } from '../../source/simulator/engine-api/message.ts'
import { buildWorld } from '../../source/simulator/scenarios/build-world.ts'
import type { Scenario } from '../../source/simulator/scenarios/scenario.ts'
import { load, type Simulator } from '../../source/simulator/simulator.ts'
import { type ImageBehaviour, WELL_BEHAVED } from '../../source/simulator/world/image.ts'
import type { Delivery } from '../../source/simulator/world/stream.ts'

/** 2026-11-21T12:00:00Z: when time 0 is in tests. */
export const EPOCH_MS = Date.UTC(2026, 10, 21, 12)

export type SwarmOptions = {
  readonly managers?: number
  readonly workers?: number
  /** Machines behind them that are in no swarm. */
  readonly strangers?: number
  readonly seed?: number
  /** What time 0 is: now, for clients that compare times with their own clock. */
  readonly epochMs?: number
  readonly memoryBytes?: number
  readonly images?: Readonly<Record<string, Partial<ImageBehaviour>>>
}

/** A swarm at rest, without services: three managers and two workers, node1 leading, unless told otherwise. */
export function simulatedSwarm(options: SwarmOptions = {}): SimulatedSwarm {
  return driveSwarm(load(buildWorld(emptyScenario(options), options.seed ?? 1, options.epochMs ?? EPOCH_MS)))
}

export function emptyScenario({
  managers = 3,
  workers = 2,
  strangers = 0,
  memoryBytes = 8e9,
  images = {},
}: SwarmOptions): Scenario {
  return {
    name: 'test',
    historyMs: 0,
    machines: Array.from({ length: managers + workers + strangers }, (_, index) => ({
      name: `node${index + 1}`,
      address: `10.0.1.${index + 1}`,
      role: index < managers ? ('manager' as const) : index < managers + workers ? ('worker' as const) : null,
      availability: 'active' as const,
      nanoCpus: 4e9,
      memoryBytes,
      os: 'linux',
      architecture: 'x86_64',
      labels: {},
      engineLabels: {},
    })),
    images: Object.fromEntries(Object.entries(images).map(([name, image]) => [name, { ...AT_HAND, ...image }])),
    services: [],
    script: [],
  }
}

/** Pulled in no time, so that tests need not wait for it. */
export const AT_HAND: ImageBehaviour = { ...WELL_BEHAVED, pullMs: [0, 0] }

/** A simulator with the few calls that tests make of it, all through its API as a client would. */
export type SimulatedSwarm = {
  readonly simulator: Simulator
  readonly call: (method: string, path: string, body?: unknown, machine?: string) => Answer
  readonly nodes: () => readonly ApiNode[]
  readonly services: () => readonly ApiService[]
  /** Of one service, or of all. */
  readonly tasks: (service?: string) => readonly ApiTask[]
  readonly create: (spec: ApiServiceSpec) => void
  readonly changeService: (name: string, change: (spec: ApiServiceSpec) => ApiServiceSpec) => Answer
  readonly changeNode: (name: string, change: Partial<ApiNodeSpec>) => Answer
  readonly pass: (ms: number) => void
  readonly strike: (machine: string, action: MachineAction) => void
  /** Makes a call that may hang; the function says what was answered, or null while nothing has been. */
  readonly begin: (method: string, path: string, body?: unknown, machine?: string) => () => Answer | null
  /** Opens an event stream, and says what has come so far and whether it has ended. */
  readonly listen: (
    path: string,
    machine?: string,
  ) => () => { readonly events: readonly ApiEvent[]; readonly hasEnded: boolean }
}

export type Answer = { readonly status: number; readonly value: unknown; readonly body: string }

/** `asked`: the machine whose engine answers, where a call does not say. */
export function driveSwarm(simulator: Simulator, asked = 'node1'): SimulatedSwarm {
  const call = (method: string, path: string, body?: unknown, machine = asked): Answer => {
    const reply = simulator.handle(requestOf(machine, method, path, body))
    assert.ok(reply.kind === 'answer' || reply.kind === 'stream', `${method} ${path} is ${reply.kind}`)
    if (reply.kind === 'stream') return { status: reply.status, value: null, body: reply.body }
    return answerOf(reply.status, reply.headers, reply.body)
  }
  const read = <T>(path: string): T => {
    const answer = call('GET', path)
    assert.equal(answer.status, 200, answer.body)
    return answer.value as T
  }
  const heard: Delivery[] = []
  const pass = (ms: number) => {
    heard.push(...simulator.advance(simulator.world.now + ms))
  }
  const filter = (filters: Readonly<Record<string, readonly string[]>>) =>
    `filters=${encodeURIComponent(JSON.stringify(filters))}`

  return {
    simulator,
    call,
    nodes: () => read<readonly ApiNode[]>('/nodes'),
    services: () => read<readonly ApiService[]>('/services?status=true'),
    tasks: service =>
      read<readonly ApiTask[]>(service === undefined ? '/tasks' : `/tasks?${filter({ service: [service] })}`),
    create: spec => {
      const answer = call('POST', '/services/create', spec)
      assert.equal(answer.status, 201, answer.body)
    },
    changeService: (name, change) => {
      const service = read<ApiService>(`/services/${name}`)
      return call('POST', `/services/${name}/update?version=${service.Version?.Index}`, change(service.Spec ?? {}))
    },
    changeNode: (name, change) => {
      const node = read<ApiNode>(`/nodes/${name}`)
      return call('POST', `/nodes/${name}/update?version=${node.Version?.Index}`, { ...node.Spec, ...change })
    },
    pass,
    strike: (machine, action) => assert.equal(simulator.inject({ kind: 'machine', machine, action }), null),
    begin: (method, path, body, machine = asked) => {
      const reply = simulator.handle(requestOf(machine, method, path, body))
      if (reply.kind === 'answer') return () => answerOf(reply.status, reply.headers, reply.body)
      assert.equal(reply.kind, 'pending')
      const { stream: id } = reply
      return () => {
        pass(0)
        const told = heard.find(({ stream }) => stream === id)
        return told?.head === undefined ? null : answerOf(told.head.status, told.head.headers, told.text)
      }
    },
    listen: (path, machine = asked) => {
      const reply = simulator.handle({ machine, method: 'GET', path, headers: {}, body: '' })
      assert.ok(reply.kind === 'stream')
      return () => {
        pass(0)
        const own = heard.filter(({ stream }) => stream === reply.stream)
        const lines = [reply.body, ...own.map(({ text }) => text)].join('').split('\n')
        return {
          events: lines.filter(line => line !== '').map(line => JSON.parse(line) as ApiEvent),
          hasEnded: own.some(({ isLast }) => isLast),
        }
      }
    },
  }
}

function requestOf(machine: string, method: string, path: string, body: unknown): Request {
  const headers = { 'content-type': body === undefined ? undefined : 'application/json' }
  return { machine, method, path, headers, body: body === undefined ? '' : JSON.stringify(body) }
}

function answerOf(status: number, headers: Headers, body: string): Answer {
  const isJson = headers['Content-Type'] === 'application/json'
  return { status, value: isJson ? JSON.parse(body) : null, body }
}

/** A service's spec as `docker service create` sends it. */
export function serviceSpec(
  name: string,
  options: {
    readonly image?: string
    readonly replicas?: number | 'global'
    readonly memoryBytes?: number
    readonly constraints?: readonly string[]
    readonly maxReplicasPerNode?: number
    readonly restart?: NonNullable<ApiServiceSpec['TaskTemplate']>['RestartPolicy']
    readonly update?: ApiServiceSpec['UpdateConfig']
    readonly ports?: readonly number[]
  } = {},
): ApiServiceSpec {
  const {
    image = 'redis:8',
    replicas = 1,
    memoryBytes,
    constraints,
    maxReplicasPerNode,
    restart,
    update,
    ports,
  } = options
  return {
    Name: name,
    Labels: {},
    TaskTemplate: {
      ContainerSpec: { Image: image, Init: false, DNSConfig: {} },
      Resources: { Limits: {}, Reservations: memoryBytes === undefined ? {} : { MemoryBytes: memoryBytes } },
      ...(restart && { RestartPolicy: restart }),
      Placement: {
        ...(constraints && { Constraints: constraints }),
        ...(maxReplicasPerNode !== undefined && { MaxReplicas: maxReplicasPerNode }),
      },
      ForceUpdate: 0,
    },
    Mode: replicas === 'global' ? { Global: {} } : { Replicated: { Replicas: replicas } },
    ...(update && { UpdateConfig: update }),
    EndpointSpec: {
      Mode: 'vip',
      ...(ports && {
        Ports: ports.map(port => ({ Protocol: 'tcp', TargetPort: 80, PublishedPort: port, PublishMode: 'ingress' })),
      }),
    },
  }
}
