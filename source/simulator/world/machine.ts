import type { ApiEvent } from '../../api/info.ts'
import type { ImageBehaviour } from './image.ts'
import type { DesiredState, TaskStatus } from './task.ts'
import type { World } from './world.ts'

/** A machine with its engine. It may be in a swarm or not; what the swarm thinks of it is in the swarm's store. */
export type Machine = {
  readonly name: string
  readonly address: string
  readonly nanoCpus: number
  readonly memoryBytes: number
  readonly engineId: string
  readonly engineLabels: Readonly<Record<string, string>>
  /** `''` when it is in no swarm. */
  nodeId: string
  /** Images that are here already and need no pulling. */
  images: Record<string, true>
  /** What this node's agent is at work on, by task ID. */
  tasks: Record<string, AgentTask>
  /** The last 256 events, which `since` replays. */
  events: ApiEvent[]
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

/** The machine that a node stands for; a node's hostname is its machine's name. */
export function machineOfNode(world: World, nodeId: string): Machine | undefined {
  const machine = world.machines[world.swarm.nodes[nodeId]?.description.hostname ?? '']
  return machine?.nodeId === nodeId ? machine : undefined
}
