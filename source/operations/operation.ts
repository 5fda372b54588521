import type { Fault } from './fault.ts'
import type { NewCluster } from './new-cluster.ts'
import type { Sequence } from './sequence.ts'

/** What a person may ask of the swarm, as data. Names ride along for words only; the ID is what is acted on. */
export type Operation =
  | ({ readonly kind: 'drain' } & AvailabilityChange)
  | ({ readonly kind: 'activate' } & AvailabilityChange)
  | ({ readonly kind: 'pause' } & AvailabilityChange)
  | { readonly kind: 'promote'; readonly nodeId: string; readonly name: string }
  | { readonly kind: 'demote'; readonly nodeId: string; readonly name: string }
  /** `isForced`: although it is Ready, and does not hear of it; one that is Down needs no force. */
  | { readonly kind: 'remove-node'; readonly nodeId: string; readonly name: string; readonly isForced: boolean }
  | ({ readonly kind: 'label-node'; readonly nodeId: string; readonly name: string } & LabelChange)
  | { readonly kind: 'force-update'; readonly serviceId: string; readonly name: string }
  /** Of a job: how many completions there are to be. */
  | { readonly kind: 'scale'; readonly serviceId: string; readonly name: string; readonly replicas: number }
  /** Sent as it is: the docker CLI would ask the registry first for the digest that the tag has now. */
  | { readonly kind: 'change-image'; readonly serviceId: string; readonly name: string; readonly image: string }
  | { readonly kind: 'roll-back'; readonly serviceId: string; readonly name: string }
  /** Goes on with an update, or a rollback, that was paused. */
  | { readonly kind: 'resume-update'; readonly serviceId: string; readonly name: string }
  | { readonly kind: 'remove-service'; readonly serviceId: string; readonly name: string }
  /** The labels of the service itself, not those of its containers. */
  | ({ readonly kind: 'label-service'; readonly serviceId: string; readonly name: string } & LabelChange)
  /** Everything that bears the stack's label: services, secrets, configs and networks. */
  | { readonly kind: 'remove-stack'; readonly stack: string; readonly name: string }
  /** How many ended tasks a slot keeps. */
  | { readonly kind: 'set-history-limit'; readonly limit: number; readonly name: string }

/** `labels`: changed with it, in the same update; left out where they stay as they are. */
type AvailabilityChange = { readonly nodeId: string; readonly name: string; readonly labels?: LabelChange }

export type LabelChange = {
  readonly set: Readonly<Record<string, string>>
  readonly unset: readonly string[]
}

export type OperationKind = Operation['kind']
export type OperationOf<Kind extends OperationKind> = Extract<Operation, { readonly kind: Kind }>
export type NodeOperation = Extract<Operation, { readonly nodeId: string }>
export type ServiceOperation = Extract<Operation, { readonly serviceId: string }>
/** Those that turn one thing on a node from one position to another. */
export type NodeSwitch = OperationOf<'drain' | 'activate' | 'pause' | 'promote' | 'demote'>

/** What an operation is done to, as one word: of two with the same target the later one takes the other's place. */
export function targetOf(operation: Operation): string {
  if ('nodeId' in operation) return operation.nodeId
  if ('serviceId' in operation) return operation.serviceId
  return operation.kind === 'remove-stack' ? `stack ${operation.stack}` : 'swarm'
}

/** What a person may want: something of the swarm, several things one after another, or something in a simulation. */
export type Wish = Operation | Sequence | Fault | NewCluster

/** What is put to a person before anything is done. Lines may contain names from the cluster: untrusted text. */
export type Question = {
  readonly wish: Wish
  /** `Drain w1?` */
  readonly title: string
  /** What will change, from and to, and what that means; the gravest first. */
  readonly consequences: readonly Consequence[]
  /** The same thing for a shell, in the order in which it is done: `docker node update --availability drain w1`. */
  readonly commands: readonly string[]
  readonly confirmation: Confirmation
}

/**
 * How it is said yes to, by what is at stake. `enter`: small, and easily undone; `default-no`: redundancy is lost, so that
 * Enter alone does nothing; `type`: something is removed, or the quorum lost, so that `name` has to be typed as it stands.
 */
export type Confirmation =
  | { readonly kind: 'enter' }
  | { readonly kind: 'default-no' }
  | { readonly kind: 'type'; readonly name: string }

/**
 * `isGuess`: read off the cluster as it is; a plan, which knows better, takes its place. `isRemark`: true of any such
 * operation, and said last.
 */
export type Consequence = {
  readonly weight: 'info' | 'warning' | 'danger'
  readonly text: string
  readonly isGuess?: boolean
  readonly isRemark?: boolean
}

/**
 * How far an operation has come. `done` and `total` count tasks (or are 0 and 1 for a single switch). `steadySince`: since
 * when everything runs and is only watched, by the engine's clock; left out while it does not.
 */
export type Progress =
  | {
      readonly kind: 'running'
      readonly text: string
      readonly done: number
      readonly total: number
      readonly steadySince?: number
    }
  | { readonly kind: 'converged'; readonly text: string }
  | { readonly kind: 'failed'; readonly text: string }

/**
 * What the engine said when asked to do it. `version`: the object's new version is above this one; 0 where the object
 * itself goes.
 */
export type Outcome =
  | {
      readonly kind: 'accepted'
      readonly version: number
      readonly forceUpdate: number | null
      readonly warnings: readonly string[]
    }
  | { readonly kind: 'refused'; readonly text: string }
