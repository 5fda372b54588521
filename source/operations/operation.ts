import type { Fault } from './fault.ts'

/** What a person may ask of the swarm, as data. Names ride along for words only; the ID is what is acted on. */
export type Operation =
  | { readonly kind: 'drain'; readonly nodeId: string; readonly name: string }
  | { readonly kind: 'activate'; readonly nodeId: string; readonly name: string }
  | { readonly kind: 'pause'; readonly nodeId: string; readonly name: string }
  | { readonly kind: 'promote'; readonly nodeId: string; readonly name: string }
  | { readonly kind: 'demote'; readonly nodeId: string; readonly name: string }
  | { readonly kind: 'force-update'; readonly serviceId: string; readonly name: string }

export type OperationKind = Operation['kind']
export type NodeOperation = Extract<Operation, { readonly nodeId: string }>
export type ServiceOperation = Extract<Operation, { readonly serviceId: string }>

/** What is put to a person before anything is done. Lines may contain names from the cluster: untrusted text. */
export type Question = {
  readonly wish: Operation | Fault
  /** `Drain w1?` */
  readonly title: string
  /** What will change, from and to, and what that means; the gravest first. */
  readonly consequences: readonly Consequence[]
  /** The same thing for a shell: `docker node update --availability drain w1`. */
  readonly command: string
  /** `no` where redundancy is lost: then Enter does nothing. */
  readonly defaultAnswer: 'yes' | 'no'
}

export type Consequence = { readonly weight: 'info' | 'warning' | 'danger'; readonly text: string }

/** How far an operation has come. `done` and `total` count tasks (or are 0 and 1 for a single switch). */
export type Progress =
  | { readonly kind: 'running'; readonly text: string; readonly done: number; readonly total: number }
  | { readonly kind: 'converged'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string }

/** What the engine said when asked to do it. `version`: the object's new version is above this one. */
export type Outcome =
  | {
      readonly kind: 'accepted'
      readonly version: number
      readonly forceUpdate: number | null
      readonly warnings: readonly string[]
    }
  | { readonly kind: 'refused'; readonly text: string }
