import type { ApiCluster } from '../../api/info.ts'
import type { Config, Network, Secret } from './network.ts'
import type { Node } from './node.ts'
import type { Service } from './service.ts'
import type { Change } from './store.ts'
import type { Task, TaskStatus } from './task.ts'
import type { LeaderDue } from './timer.ts'

/** What the managers hold in common, and what the leader alone knows. */
export type Swarm = {
  readonly key: string
  cluster: Cluster
  /** The raft commit index: the one counter behind every `Version.Index`. */
  index: number
  nodes: Record<string, Node>
  services: Record<string, Service>
  tasks: Record<string, Task>
  networks: Record<string, Network>
  secrets: Record<string, Secret>
  configs: Record<string, Config>
  /** Task IDs by service, by node and by slot (`slotKey`), each in the order in which they came. */
  tasksByService: Record<string, Record<string, true>>
  tasksByNode: Record<string, Record<string, true>>
  tasksBySlot: Record<string, Record<string, true>>
  raft: Raft
  leader: LeaderMemory
  /** What has been committed and nobody has reacted to yet; empty whenever a verb returns. */
  changes: Change[]
}

export type Cluster = {
  readonly id: string
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly spec: NonNullable<ApiCluster['Spec']>
  readonly joinTokens: { readonly worker: string; readonly manager: string }
  /** `''` while it is not locked. */
  readonly unlockKey: string
  readonly ingressNetworkId: string
}

/** Who votes. A node with the role of a manager is a member only once it has joined. */
export type Raft = {
  /** By node ID, longest a member first. */
  members: Record<string, { readonly address: string }>
  /** A node ID; `''` while nobody leads. It may be dead or cut off: `canCommit` says whether it still rules. */
  leader: string
  /** Grows with each leader. What an earlier one had set or said is void. */
  term: number
  leaderSince: number
}

/** What the leader's components keep in mind and store nowhere: a new leader has to work it out again. */
export type LeaderMemory = {
  /** Replacements that wait to be started, by their task ID, and what they wait for. */
  starts: Record<string, PendingStart>
  /** The tasks of `starts` by the old task whose end they wait for. */
  startsAfter: Record<string, string[]>
  /** Restarts counted against max-attempts, by slot. */
  restarts: Record<string, { specVersion: number; at: number[] }>
  updates: Record<string, Update>
  updateSerial: number
  scheduler: SchedulerMemory
  /** Slots that the reaper has to look at, and tasks that are to be deleted as soon as they have stopped. */
  /** Timers that came due while this leader had no majority to commit with. */
  held: LeaderDue[]
  reaper: { slots: Record<string, true>; tasks: Record<string, true>; isArmed: boolean }
  dispatcher: DispatcherMemory
}

export type PendingStart = { waitsFor: string; isDelayOver: boolean }

/** One rolling update. Slots are named by `slotKey`. */
export type Update = {
  readonly serial: number
  /** The spec as text: seeing the same one again starts nothing. */
  readonly spec: string
  readonly isRollback: boolean
  /** Dirty slots that no worker has taken yet. */
  waiting: string[]
  /** Slots that a worker has in hand. */
  working: Record<string, SlotUpdate>
  readonly dirtyCount: number
  failures: number
  /** Tasks made by this update: when each was first seen running, and whether its failure has been counted. */
  made: Record<string, { ranAt: number | null; hasFailed: boolean }>
  isStopped: boolean
}

export type SlotUpdate =
  /** `old`: tasks to shut down once the new one runs (start-first). */
  { readonly kind: 'starting'; readonly taskId: string; readonly old: readonly string[] } | { readonly kind: 'delay' }

export type SchedulerMemory = {
  /** Pending tasks without a node, and those that are bound to one. */
  unassigned: Record<string, true>
  bound: Record<string, true>
  nodes: Record<string, NodeLoad>
  /** When tasks of a service and spec version failed on a node: `<service> <version> <node>`. */
  failures: Record<string, number[]>
  /** `null` while no pass is due. */
  firstCommitAt: number | null
  lastCommitAt: number
}

/** What the scheduler counts on a node. */
export type NodeLoad = {
  nanoCpus: number
  memoryBytes: number
  activeTasks: number
  activeByService: Record<string, number>
}

export type DispatcherMemory = {
  /** The last report of each task since the last flush. */
  reports: Record<string, TaskStatus>
  isFlushSet: boolean
  /** Tasks whose agents have to hear something, by node, and when that will be sent. */
  assignments: Record<string, { tasks: Record<string, true>; due: number }>
}
