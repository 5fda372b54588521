import type { Node } from './node.ts'
import type { Service } from './service.ts'
import type { Task } from './task.ts'

/** One reading of the whole swarm, immutable: what the leader knew at `takenAt`. */
export type Snapshot = {
  /** The answering engine's own clock (`SystemTime`), milliseconds since 1970: ages are counted from it. */
  readonly takenAt: number
  readonly clusterId: string
  /** What the reading tells of the swarm's own settings; `historyLimit`: how many ended tasks a slot keeps. */
  readonly swarm: { readonly version: number; readonly historyLimit: number }
  readonly engineVersion: string
  readonly apiVersion: string
  /** The scenario, where a simulation answered; `''` for a real engine. */
  readonly scenario: string
  /** What all certificates go back to, as PEM; `''` where the engine does not tell it. */
  readonly trustRoot: string
  /** The engine that answered. */
  readonly self: { readonly nodeId: string; readonly name: string; readonly address: string }
  /** Every manager that the answering engine knows of, `address` with its port. */
  readonly remoteManagers: readonly { readonly nodeId: string; readonly address: string }[]
  /** Each sorted by ID, as the API gives them. */
  readonly nodes: readonly Node[]
  readonly services: readonly Service[]
  readonly tasks: readonly Task[]
}
