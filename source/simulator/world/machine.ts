import type { ApiEvent } from '../../api/info.ts'
import type { ImageBehaviour } from './image.ts'
import type { Swarm } from './swarm.ts'
import type { DesiredState, TaskStatus } from './task.ts'
import type { World } from './world.ts'

/** A machine with its engine. It may be in a swarm or not; what the swarm thinks of it is in the swarm's store. */
export type Machine = {
  readonly name: string
  readonly address: string
  readonly os: string
  readonly architecture: string
  readonly nanoCpus: number
  readonly memoryBytes: number
  readonly engineId: string
  readonly engineLabels: Readonly<Record<string, string>>
  /** Booting: its socket takes calls and answers none yet. */
  power: 'on' | 'booting' | 'off'
  /** Off without a word: who asks gets no answer, not even a refusal. */
  isSilent: boolean
  /** Its network cable is out, or cut. */
  isCut: boolean
  /** Null when it is in no swarm. It is on disk: a machine that is off keeps it. */
  membership: Membership | null
  /** Images that are here already and need no pulling. */
  images: Record<string, true>
  /** What this node's agent is at work on, by task ID. */
  tasks: Record<string, AgentTask>
  /** The last 256 events, which `since` replays. */
  events: ApiEvent[]
}

/** A machine's place in a swarm, as the machine itself knows it. */
export type Membership = {
  /** The key of the swarm in the world. */
  swarm: string
  nodeId: string
  state: 'pending' | 'active' | 'locked' | 'error'
  /** The part that managers have; null on a worker. */
  manager: ManagerPart | null
  /** The term of the leader that its agent has registered with; null while it looks for one. */
  session: number | null
}

/** What a manager knows by itself; everything else it asks the leader for. */
export type ManagerPart = {
  /** False while it prepares: just promoted, or restarted and without a word from a leader. */
  isReady: boolean
  /** The leader's node ID as this manager knows it, be it right or not; `''` for none. */
  leader: string
  /** Since when it knows of none. */
  leaderlessSince: number | null
  /** The store as it was when another manager was elected behind its back: what a leader that is cut off still shows. */
  stale: Swarm | null
}

/** A task as its agent knows it: the agent may be ahead of what the managers have been told, or behind. */
export type AgentTask = {
  readonly taskId: string
  readonly image: string
  readonly behaviour: ImageBehaviour
  readonly stopGraceMs: number
  /** Attached to an overlay or the ingress network: load balancers get two seconds to forget it. */
  readonly hasNetwork: boolean
  desired: DesiredState
  status: TaskStatus
  /** What is under way, if anything; its timer carries the same serial. */
  step: AgentStep | null
  stepSerial: number
}

export type AgentStep =
  | { readonly kind: 'prepare' }
  | { readonly kind: 'start' }
  /** `exitCode`: `null` when the container runs until it is told to stop. */
  | { readonly kind: 'run'; readonly exitCode: number | null }
  /** The wait that was under way has been cancelled; the operation is tried again one second later. */
  | { readonly kind: 'retry' }
  | { readonly kind: 'stop'; readonly exitCode: number }

/** The machine that a node stands for; undefined once it has left, whatever the node's entry says. */
export function machineOfNode(world: World, swarm: Swarm, nodeId: string): Machine | undefined {
  const machine = world.machines[swarm.nodes[nodeId]?.description.hostname ?? '']
  return machine?.membership?.swarm === swarm.key && machine.membership.nodeId === nodeId ? machine : undefined
}

/** The swarm that a machine is in. */
export function swarmOf(world: World, machine: Machine): Swarm | undefined {
  return world.swarms[machine.membership?.swarm ?? '']
}
