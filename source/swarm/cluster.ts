import type { Node } from './node.ts'
import type { Quorum } from './quorum.ts'
import type { Service } from './service.ts'
import type { Snapshot } from './snapshot.ts'
import type { Task, TaskState } from './task.ts'
import type { Trouble } from './trouble.ts'

/** A snapshot joined up: who runs what, how many of how many, and what is wrong. A function of the snapshot alone. */
export type Cluster = {
  readonly snapshot: Snapshot
  /** In `docker node ls` order: naturally by hostname. */
  readonly nodes: readonly ClusterNode[]
  /** In `docker service ls` order: naturally by name. */
  readonly services: readonly ClusterService[]
  readonly quorum: Quorum
  /** Worst first. */
  readonly troubles: readonly Trouble[]
  readonly verdict: Verdict
  readonly nodeById: ReadonlyMap<string, ClusterNode>
  readonly serviceById: ReadonlyMap<string, ClusterService>
  /** Over all services, counted as `ClusterService.running` and `.desired` are; jobs are left out. */
  readonly running: number
  readonly desired: number
}

export type Verdict = 'healthy' | 'degraded' | 'critical'

export type ClusterNode = {
  readonly node: Node
  /** The hostname; with the tail of the ID where two nodes share one; the ID where there is none yet. */
  readonly name: string
  readonly isSelf: boolean
  /** All tasks that were given to this node, in `docker node ps` order: naturally by name, newest first. */
  readonly tasks: readonly Task[]
  /** Tasks whose state is running and that are meant to be. */
  readonly running: number
  /** Reserved by live tasks, as the scheduler counts them. */
  readonly reserved: { readonly nanoCpus: number; readonly memoryBytes: number }
  /** The larger share of CPU or memory that is reserved, 0 to 1 and above; `null` when the node's capacity is not known. */
  readonly reservedShare: number | null
}

export type ClusterService = {
  readonly service: Service
  readonly slots: readonly Slot[]
  /** Slots with a running task, desired at most running, on a node that is not down. What verdicts count. */
  readonly running: number
  /** Replicas; for a global service the nodes that should carry a task; for a job the completions of this iteration. */
  readonly desired: number
  readonly isShort: boolean
  /** What `docker service ls` shows; it may read 100/4, since tasks on their way out still run. */
  readonly shown: { readonly running: number; readonly desired: number; readonly completed: number }
}

/**
 * One place in a service: `api.3`, or for a global service its place on one node. `tasks` holds its whole history in
 * `docker service ps` order, newest first.
 */
export type Slot = {
  /** Unique within the service: the slot number, or the node's ID for global services. */
  readonly key: string
  /** `api.3`; `api.w1` for a global service. */
  readonly name: string
  /** 0 for global services. */
  readonly number: number
  readonly tasks: readonly Task[]
  /** The newest task that is still meant to be: desired at most running, or complete for a job. */
  readonly live: Task | null
  readonly isRunning: boolean
  /** Why it is not running; `null` when it is, or should not be. */
  readonly why: Why | null
}

/** Why a slot is not running, still without words: `explainWhy` makes one line of it. */
export type Why =
  | { readonly kind: 'pending'; readonly error: string; readonly since: number }
  | { readonly kind: 'preparing'; readonly nodeId: string; readonly since: number }
  | { readonly kind: 'starting'; readonly nodeId: string; readonly since: number }
  | { readonly kind: 'waiting-to-start'; readonly nodeId: string; readonly since: number }
  | { readonly kind: 'on-down-node'; readonly nodeId: string; readonly since: number }
  | {
      readonly kind: 'failing'
      readonly error: string
      readonly exitCode: number | null
      readonly nodeId: string
      readonly times: number
      readonly since: number
    }
  /** It ended, and by the service's restart policy nothing takes its place. */
  | {
      readonly kind: 'ended'
      readonly state: TaskState
      readonly error: string
      readonly exitCode: number | null
      readonly nodeId: string
      readonly since: number
    }
  | { readonly kind: 'no-task' }
