import type { ApiServiceSpec } from '../../api/service.ts'
import type { MachineAction } from '../../rules/machine-action.ts'
import type { ImageBehaviour } from '../world/image.ts'
import type { NodeAvailability, NodeRole } from '../world/node.ts'

/** Where a simulation begins and what happens in it by itself. Times in milliseconds; 0 is when it is first looked at. */
export type Scenario = {
  readonly name: string
  /** How long the swarm has been there before. */
  readonly historyMs: number
  /** The first manager leads. */
  readonly machines: readonly ScenarioMachine[]
  /** By `name:tag`, or by `name` for all its tags. */
  readonly images: Readonly<Record<string, ImageBehaviour>>
  /** Created when the swarm is. */
  readonly services: readonly ApiServiceSpec[]
  readonly script: readonly ScenarioStep[]
}

export type ScenarioMachine = {
  readonly name: string
  readonly address: string
  /** Null: an engine in no swarm. */
  readonly role: NodeRole | null
  readonly availability: NodeAvailability
  readonly nanoCpus: number
  readonly memoryBytes: number
  readonly os: string
  readonly architecture: string
  /** Of the node, as `docker node update --label-add` sets them. */
  readonly labels: Readonly<Record<string, string>>
  readonly engineLabels: Readonly<Record<string, string>>
}

export type ScenarioStep = {
  readonly at: number
  /** Again and again after so long; null for once only. */
  readonly every: number | null
  readonly action: ScenarioAction
}

/** Lists are gone through one by one, an entry a round, and begin anew at their end. */
export type ScenarioAction =
  | { readonly kind: 'create-service'; readonly spec: ApiServiceSpec }
  /** An overlay network. */
  | { readonly kind: 'create-network'; readonly name: string }
  | { readonly kind: 'create-secret' | 'create-config'; readonly name: string }
  | { readonly kind: 'change-image'; readonly service: string; readonly images: readonly string[] }
  | { readonly kind: 'scale'; readonly service: string; readonly replicas: readonly number[] }
  | { readonly kind: 'set-load'; readonly service: string; readonly requestsPerSecond: readonly number[] }
  | { readonly kind: 'force-update' | 'roll-back' | 'remove-service'; readonly services: readonly string[] }
  | { readonly kind: 'kill-container'; readonly services: readonly string[]; readonly exitCode: number }
  | { readonly kind: 'set-availability'; readonly nodes: readonly string[]; readonly availability: NodeAvailability }
  | { readonly kind: 'set-role'; readonly nodes: readonly string[]; readonly role: NodeRole }
  /** Besides names of machines: `leader` for whichever leads then, `all` for each. */
  | { readonly kind: 'strike-machine'; readonly machines: readonly string[]; readonly action: MachineAction }
