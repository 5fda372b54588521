import type { Trouble } from '../trouble.ts'

/** What a careful person would want to know about a swarm, as data: `explainFinding` has the words. */
export type Finding = Diagnosis & {
  /** Unique in a diagnosis, and the same for the same finding in the next reading. */
  readonly id: string
  readonly severity: Trouble['severity']
  /** What it is about. */
  readonly subjects: Subjects
}

export type FindingKind = Finding['kind']

export type Subjects = readonly [Subject, ...Subject[]]

/** Names are untrusted text. `managers`: all of them together. */
export type Subject = SubjectRef & {
  /** What sets it apart from the others, where something does: a version, a digest, names of services. */
  readonly detail?: string
  readonly count?: number
  /** Since when at least, milliseconds since 1970 by the swarm's clock. */
  readonly since?: number
}

export type SubjectRef =
  | { readonly kind: 'swarm'; readonly name: string }
  | { readonly kind: 'managers'; readonly name: string }
  | { readonly kind: 'node'; readonly id: string; readonly name: string }
  | { readonly kind: 'service'; readonly id: string; readonly name: string }
  /** `slot`: `Slot.key`. */
  | { readonly kind: 'slot'; readonly serviceId: string; readonly slot: string; readonly name: string }

/** Each kind with what its words need besides the subjects. */
export type Diagnosis =
  | { readonly kind: 'quorum-lost'; readonly reachable: number; readonly members: number; readonly majority: number }
  | { readonly kind: 'no-tolerance'; readonly members: number }
  | { readonly kind: 'manager-unreachable' }
  | { readonly kind: 'manager-down'; readonly majority: number }
  | { readonly kind: 'no-raft-member' }
  | { readonly kind: 'single-manager' }
  /** Losing one zone loses the quorum; `isAll`: every manager stands in it. */
  | { readonly kind: 'one-zone'; readonly zone: string; readonly isAll: boolean; readonly members: number }
  | { readonly kind: 'even-managers'; readonly members: number }
  /** The certificate that those of all nodes go back to. */
  | { readonly kind: 'root-ends'; readonly until: number; readonly leftMs: number }
  | {
      readonly kind: 'crash-loop'
      readonly service: string
      readonly times: number
      readonly withinMs: number
      readonly error: string
      readonly exitCode: number | null
    }
  | { readonly kind: 'pending'; readonly service: string; readonly error: string }
  /** `cause`: `: m3 is down`, or `''`. */
  | {
      readonly kind: 'short'
      readonly running: number
      readonly desired: number
      readonly isJob: boolean
      readonly cause: string
    }
  | { readonly kind: 'update-paused'; readonly isRollback: boolean; readonly message: string }
  | { readonly kind: 'node-down' }
  | { readonly kind: 'node-unready' }
  /** A dead node whose host name another one has now. */
  | { readonly kind: 'dead-double' }
  /** `docker service ls` counts tasks on nodes that are down; the subjects are the services, `down` those nodes. */
  | { readonly kind: 'dead-counted'; readonly tasks: number; readonly down: readonly string[] }
  | { readonly kind: 'mixed-digests'; readonly service: string; readonly image: string }
  | { readonly kind: 'moved-tag'; readonly image: string }
  | { readonly kind: 'unreserved-on-manager' }
  | { readonly kind: 'no-spare-node'; readonly because: 'placement' | 'host-port' | 'max-replicas' }
  | { readonly kind: 'all-on-one-node' }
  | { readonly kind: 'single-replica' }
  | { readonly kind: 'node-drained' }
  | { readonly kind: 'drained-with-tasks' }
  | { readonly kind: 'node-paused' }
  | { readonly kind: 'mixed-engines'; readonly usual: string }

/** What a check finds; `id` where there can be several of the kind. */
export type Found = Diagnosis & Pick<Finding, 'severity' | 'subjects'> & { readonly id?: string }
