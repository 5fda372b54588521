import type { ApiCluster, ApiEvent } from '../../api/info.ts'
import type { ApiServiceSpec } from '../../api/service.ts'
import type { Config, Network, Secret } from './network.ts'
import type { Node } from './node.ts'
import type { Service } from './service.ts'
import type { Change } from './store.ts'
import type { Task, TaskStatus } from './task.ts'
import type { LeaderDue } from './timer.ts'
import type { TrustRoot } from './trust-root.ts'
import type { ClusterVolume } from './volume.ts'

/** What the managers hold in common, and what the leader alone knows. */
export type Swarm = {
  readonly key: string
  /** The key of the swarm that one of its managers has made of it (`--force-new-cluster`); left out where none has. */
  successor?: string
  cluster: Cluster
  /** The raft commit index: the one counter behind every `Version.Index`. */
  index: number
  nodes: Record<string, Node>
  services: Record<string, Service>
  tasks: Record<string, Task>
  networks: Record<string, Network>
  secrets: Record<string, Secret>
  configs: Record<string, Config>
  volumes: Record<string, ClusterVolume>
  /** Task IDs by service, by node and by slot (`slotKey`), each in the order in which they came. */
  tasksByService: Record<string, Record<string, true>>
  tasksByNode: Record<string, Record<string, true>>
  tasksBySlot: Record<string, Record<string, true>>
  raft: Raft
  leader: LeaderMemory
  /** What has been committed and nobody has reacted to yet; empty whenever a verb returns. */
  changes: Change[]
  /** What was told of the last 256 writes that make events: a manager that catches up hears it late. */
  feed: ApiEvent[]
  /** How many events there have been: the number of the last one. */
  feedSerial: number
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
  readonly trustRoot: TrustRoot
  readonly defaultAddressPool: readonly string[]
  readonly subnetSize: number
  readonly dataPathPort: number
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
  /** Members that the leader cannot reach, by node ID, and when it notices (has noticed) that. */
  unreachableFrom: Record<string, number>
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
  /** Timers that came due while this leader had no majority to commit with. */
  held: LeaderDue[]
  reaper: ReaperMemory
  /** Null until it is first needed: it is all in the store. */
  allocator: AllocatorMemory | null
  dispatcher: DispatcherMemory
}

/** `delayUntil` and `waitUntil`: when the delay is over, and when the old task has been waited for long enough. */
export type PendingStart = { waitsFor: string; isDelayOver: boolean; delayUntil: number; waitUntil: number }

/** One rolling update. Slots are named by `slotKey`. */
export type Update = {
  readonly serial: number
  /** What it works towards: seeing the same spec again starts nothing. */
  readonly spec: ApiServiceSpec
  readonly isRollback: boolean
  /** Dirty slots that no worker has taken yet. */
  waiting: DirtySlot[]
  /** How many slots are in the hands of workers. */
  working: number
  readonly dirtyCount: number
  /** What workers wait for, by task ID: that a task is told to start, or that it has come up. */
  awaited: Record<string, 'start' | 'running'>
  /** Tasks that were made by this update, by their ID. */
  made: Record<string, MadeTask>
  /** Tasks of this update that ended while nobody watched: all slots are given out and the workers are busy yet. */
  unseen: string[]
  failures: number
  /** Fed no more slots, after a failure. */
  isStopped: boolean
  /** The last watch is on: the workers are done. */
  isWatching: boolean
}

export type DirtySlot = {
  /** The tasks in it when the update began. */
  readonly tasks: readonly string[]
  /** They were meant to be there; else it is one that has ended for good. */
  readonly isLive: boolean
}

export type MadeTask = {
  /** Tasks to shut down once this one runs (start-first). */
  readonly old: readonly string[]
  /** When the worker saw it running, or beyond. */
  ranAt: number | null
  hasFailed: boolean
}

export type ReaperMemory = {
  /** Slots that the reaper has to look at, and tasks that it has to delete. */
  slots: Record<string, true>
  tasks: Record<string, true>
  /** When its next run is due; null while there is none. */
  due: number | null
}

export type SchedulerMemory = {
  /** Pending tasks without a node, and those that are bound to one. */
  unassigned: Record<string, true>
  bound: Record<string, true>
  nodes: Record<string, NodeLoad>
  /** When tasks failed on a node: by `<service> <spec version>`, then by node. */
  failures: Record<string, Record<string, number[]>>
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
  /** The last report of each task since the last flush, and the machine whose agent made it. */
  reports: Record<string, { machine: string; status: TaskStatus; isRepeated?: true }>
  isFlushSet: boolean
  /** Nodes whose agents are in touch and about to register, by ID. */
  registering: Record<string, true>
  /** When a node registered of late: more than three times in eight seconds are not suffered. */
  registrations: Record<string, number[]>
  /** Nodes that are not heard from, and the number of the timer that will declare them down. */
  missing: Record<string, number>
  missingSerial: number
  /** Tasks whose agents have to hear something, by node, and when that will be sent. */
  assignments: Record<string, { tasks: Record<string, true>; changes: number; due: number }>
}

export type AllocatorMemory = {
  /** Addresses that have been given out, by network. */
  books: Record<string, AddressBook>
  /** The number of the overlay that was made last; they are given one after the other. */
  lastVxlan: number
  /** Tasks that wait for addresses or for their service's, by ID. */
  waiting: Record<string, true>
}

/** Addresses as offsets in their subnet. Each is looked for behind the last one that was given. */
export type AddressBook = { last: number; used: Record<number, true> }
