import type { Action } from './twin.ts'

/**
 * A story that is played on two swarms and must end the same way on both. It is read from a file of `scripts/`, whose
 * lines read-script.ts explains.
 */
export type Script = {
  /** The file's name without its ending. */
  readonly name: string
  /** The comment that the file opens with. */
  readonly title: string
  readonly start: Start
  /** What Swarm itself draws by lot in this story, and which therefore is compared loosely. */
  readonly chance: ReadonlySet<Chance>
  /** Played in every run of the tests, not only when all are asked for. */
  readonly isEveryday: boolean
  readonly steps: readonly Step[]
}

/** The first manager leads. Machines that are named nowhere are in no swarm. */
export type Start = { readonly managers: readonly string[]; readonly workers: readonly string[] }

/** `nodes`: who gets the task; `slots`: which slots are left; `leader`: who of the managers is elected. */
export type Chance = 'nodes' | 'slots' | 'leader'

export type Step = { readonly line: number; readonly text: string } & (
  | { readonly kind: 'docker'; readonly machine: string; readonly words: readonly string[] }
  | { readonly kind: 'strike'; readonly action: Action; readonly machine: string }
  | { readonly kind: 'until'; readonly condition: Condition }
  | { readonly kind: 'pass'; readonly seconds: number }
  | { readonly kind: 'look' }
)

export type Condition =
  /** As `docker service ls` has it under REPLICAS, `6/6`; `3/3 completed` for a job. */
  | { readonly kind: 'replicas'; readonly service: string; readonly replicas: string }
  /** Every task is where it is wanted, or as far as it will get, and no update is under way. */
  | { readonly kind: 'still'; readonly service: string }
  | { readonly kind: 'update'; readonly service: string; readonly state: string }
  /** Some task that is shown has come to this state. */
  | { readonly kind: 'tasks'; readonly service: string; readonly count: number; readonly state: string }
  | { readonly kind: 'says'; readonly service: string; readonly words: string }
  /** `down`, `ready`, `unknown`; `leader`, `reachable`, `unreachable`, `worker`; `gone`. */
  | { readonly kind: 'node'; readonly node: string; readonly state: string }
  | { readonly kind: 'leader' }
  /** This machine's own engine tells of the swarm; one that was just promoted takes a moment. */
  | { readonly kind: 'answers'; readonly machine: string }
  /** Neither the service nor a task of it is left. */
  | { readonly kind: 'removed'; readonly service: string }
