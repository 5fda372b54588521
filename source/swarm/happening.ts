import type { NodeAvailability, NodeRole, NodeState } from './node.ts'
import type { UpdateState } from './service.ts'

/** What happened in the cluster between two snapshots. `at`: milliseconds since 1970 by the engine's clock. */
export type Happening = { readonly at: number } & (
  | { readonly kind: 'leader-changed'; readonly from: string | null; readonly to: string | null }
  | { readonly kind: 'manager-reachability-changed'; readonly node: string; readonly isReachable: boolean }
  | { readonly kind: 'node-joined'; readonly node: string }
  | { readonly kind: 'node-removed'; readonly node: string }
  | {
      readonly kind: 'node-state-changed'
      readonly node: string
      readonly from: NodeState
      readonly to: NodeState
      readonly message: string
    }
  | {
      readonly kind: 'node-availability-changed'
      readonly node: string
      readonly from: NodeAvailability
      readonly to: NodeAvailability
    }
  | { readonly kind: 'node-role-changed'; readonly node: string; readonly to: NodeRole }
  | { readonly kind: 'service-created'; readonly service: string }
  | { readonly kind: 'service-removed'; readonly service: string }
  | { readonly kind: 'service-scaled'; readonly service: string; readonly from: number; readonly to: number }
  | { readonly kind: 'service-image-changed'; readonly service: string; readonly from: string; readonly to: string }
  | {
      readonly kind: 'update-changed'
      readonly service: string
      readonly from: UpdateState | null
      readonly to: UpdateState
      readonly message: string
    }
  | {
      readonly kind: 'task-ended'
      readonly task: string
      readonly node: string
      readonly state: 'failed' | 'rejected' | 'orphaned'
      readonly error: string
      readonly exitCode: number | null
    }
  | { readonly kind: 'task-pending'; readonly task: string; readonly error: string }
  /** Tasks of one service that began to run, were stopped in order, or ended by themselves and well. */
  | {
      readonly kind: 'tasks-started' | 'tasks-stopped' | 'tasks-finished'
      readonly service: string
      readonly count: number
      readonly nodes: readonly string[]
    }
)
