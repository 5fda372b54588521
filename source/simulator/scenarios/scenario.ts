import type { ApiServiceSpec } from '../../api/service.ts'
import type { ImageBehaviour } from '../world/image.ts'
import type { NodeRole } from '../world/node.ts'

/** Where a simulation begins and what happens in it by itself. Times in milliseconds; 0 is when it is first looked at. */
export type Scenario = {
  readonly name: string
  /** How long the swarm has been there before. */
  readonly historyMs: number
  /** The first one leads. */
  readonly machines: readonly ScenarioMachine[]
  /** By `name:tag`, or by `name` for all its tags. */
  readonly images: Readonly<Record<string, ImageBehaviour>>
  /** Created when the swarm is. */
  readonly services: readonly ApiServiceSpec[]
  readonly script: readonly ScenarioStep[]
}

export type ScenarioMachine = {
  readonly name: string
  readonly role: NodeRole
  readonly cpus: number
  readonly memoryBytes: number
  /** Of the node, as `docker node update --label-add` sets them. */
  readonly labels: Readonly<Record<string, string>>
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
  | { readonly kind: 'change-image'; readonly service: string; readonly images: readonly string[] }
  | { readonly kind: 'scale'; readonly service: string; readonly replicas: readonly number[] }
  | { readonly kind: 'kill-container'; readonly service: string; readonly exitCode: number }
