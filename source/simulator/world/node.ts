import type { ApiGenericResource } from '../../api/node.ts'
import type { Attachment } from './network.ts'

export type Node = {
  readonly id: string
  readonly version: number
  readonly createdAt: number
  readonly updatedAt: number
  readonly spec: NodeSpec
  /** The observed role. `spec.role` is the wish and changes at once; constraints and the role filter look at this one. */
  readonly role: NodeRole
  readonly description: NodeDescription
  readonly status: NodeStatus
  /** Where its engine balances the load of each overlay that it is in. Left out: nowhere yet. */
  readonly attachments?: readonly Attachment[]
}

export type NodeRole = 'manager' | 'worker'
export type NodeAvailability = 'active' | 'pause' | 'drain'

export type NodeSpec = {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly role: NodeRole
  readonly availability: NodeAvailability
  /** Accepted, when left out. Every update through an engine's API makes it pending, since that knows no such field. */
  readonly membership?: 'pending'
}

export type NodeDescription = {
  readonly hostname: string
  readonly os: string
  readonly architecture: string
  readonly nanoCpus: number
  readonly memoryBytes: number
  readonly engineVersion: string
  readonly engineLabels: Readonly<Record<string, string>>
  /** Left out: those that every engine brings along. */
  readonly plugins?: readonly NodePlugin[]
  /** What is counted, or named, besides CPU and memory: GPUs, say. */
  readonly genericResources?: readonly ApiGenericResource[]
}

export type NodePlugin = { readonly Type: string; readonly Name: string }

export type NodeStatus = {
  readonly state: 'unknown' | 'down' | 'ready' | 'disconnected'
  readonly message: string
  readonly address: string
}

/** Tasks on it are moved away, or lost. Source: moby/swarmkit manager/orchestrator/task.go (InvalidNode) */
export function isInvalid(node: Node | undefined): boolean {
  return node === undefined || node.status.state === 'down' || node.spec.availability === 'drain'
}
