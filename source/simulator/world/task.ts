import type { ApiGenericResource } from '../../api/node.ts'
import type { ApiEndpointSpec, ApiPort } from '../../api/service.ts'
import type { ApiTaskSpec } from '../../api/task.ts'
import * as states from '../../rules/task-state.ts'
import type { Attachment } from './network.ts'

export type TaskState = states.TaskState

/** `complete` is to a job's task what `running` is to another. */
export type DesiredState = 'ready' | 'running' | 'complete' | 'shutdown' | 'remove'

export type Task = {
  readonly id: string
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly serviceId: string
  /** The service's name and labels as they were when the task was made: filters look at these. */
  readonly serviceName: string
  readonly serviceLabels: Readonly<Record<string, string>>
  /** 0 for tasks of global services and jobs, and for the first of a replicated job. */
  readonly slot: number
  /** Its node was given when it was made and stands for its slot, as with tasks of global services and global jobs. */
  readonly isBound: boolean
  /** `''` until the scheduler has found a node. */
  readonly nodeId: string
  readonly spec: ApiTaskSpec
  readonly specVersion: number
  readonly endpointSpec: ApiEndpointSpec | null
  /** The credentials that its image was to be pulled with; never shown. */
  readonly registryAuth?: string
  readonly desired: DesiredState
  readonly status: TaskStatus
  /** Generic resources that the scheduler has claimed for it. */
  readonly claims?: readonly ApiGenericResource[]
  /** Networks it is in, with its addresses. Left out: none, or none yet. */
  readonly networks?: readonly Attachment[]
  /** Cluster volumes that the scheduler has found for its mounts. */
  readonly volumes?: readonly VolumeAttachment[]
  /** Null on tasks that are of no job. */
  readonly jobIteration: number | null
  /** When the manager stored the agent's last report; history is sorted by it. */
  readonly appliedAt: number | null
}

export type VolumeAttachment = { readonly id: string; readonly source: string; readonly target: string }

export type TaskStatus = {
  readonly at: number
  readonly state: TaskState
  readonly message: string
  readonly error: string
  readonly container: ContainerStatus | null
  /** Host-mode ports held on the node. */
  readonly ports: readonly ApiPort[]
}

/** `exitCode` is -1 from the moment a stop begins until the container is gone. */
export type ContainerStatus = { readonly id: string; readonly pid: number; readonly exitCode: number }

/** Still meant to be there: desired at most running. */
export function isLive(task: Task): boolean {
  return task.desired === 'ready' || task.desired === 'running' || task.desired === 'complete'
}

/** Has ended, in whichever way. */
export function isTerminal(task: Task): boolean {
  return states.isTerminal(task.status.state)
}

/** Holds what it reserved: on a node and not yet over, whatever is desired. */
export function holdsResources(task: Task): boolean {
  return task.nodeId !== '' && states.holdsResources(task.status.state)
}

export function isBefore(task: Task, state: TaskState): boolean {
  return states.stateRank(task.status.state) < states.stateRank(state)
}

/** Names a slot: the number within the service, or the node for a global one. */
export function slotKey(task: Pick<Task, 'serviceId' | 'slot' | 'isBound' | 'nodeId'>): string {
  return `${task.serviceId}.${task.isBound ? task.nodeId : task.slot}`
}

/** Oldest first, by what the manager knew last. Source: moby/swarmkit manager/orchestrator/task.go (TasksByTimestamp) */
export function compareByTimestamp(one: Task, other: Task): number {
  return (one.appliedAt ?? one.status.at) - (other.appliedAt ?? other.status.at) || one.createdAt - other.createdAt
}
