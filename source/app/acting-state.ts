import type { Fault } from '../operations/fault.ts'
import type { NewCluster } from '../operations/new-cluster.ts'
import type { Consequence, Operation, Progress, Question } from '../operations/operation.ts'
import type { Plan } from '../operations/plan.ts'
import type { Sequence } from '../operations/sequence.ts'
import type { Cluster } from '../swarm/cluster.ts'
import type { SpecPrints } from './other-hands.ts'

export type Acting = {
  readonly sequence: number
  /** The question on the screen. */
  readonly question: AskedQuestion | null
  /** What was asked and has not come to its end. */
  readonly running: readonly RunningOperation[]
  /** What is done one after another and has not come to its end. */
  readonly sequences: readonly RunningSequence[]
  /** When it was said what becomes of this if the program ends; null while that has not been asked for. */
  readonly warnedToQuitAt: number | null
}

export type AskedQuestion = {
  readonly request: Request
  readonly question: Question
  /** Which answer Enter would give, where no name has to be typed. */
  readonly answer: 'yes' | 'no'
  /** What has been typed of the name that has to be. */
  readonly typed: string
  /** Since when it says what it says. */
  readonly askedAt: number
  /** The question without what the plan says. */
  readonly base: Question
  /** How what it is about was set when it was put. */
  readonly specs: SpecPrints
  /** Null where nothing of it can be rehearsed. */
  readonly planning: Planning | null
  /** By how many rows it is scrolled. */
  readonly offset: number
}

/** How far the plan of what is asked about has come. */
export type Planning = {
  /** Of the rehearsal that is under way; null when none is. */
  readonly number: number | null
  /** When the first one, and when the latest one was begun. */
  readonly begunAt: number
  readonly askedAt: number
  /** What the swarm was like then, as far as a plan depends on it. */
  readonly print: string
  /** What the latest one that has come to its end has found; null while none has. */
  readonly result:
    | { readonly kind: 'plan'; readonly plan: Plan }
    | { readonly kind: 'failed'; readonly text: string }
    | null
}

/** What was asked for. Of `operations` those that cannot be done are left out; a `sequence` is done as it is or not at all. */
export type Request =
  | { readonly kind: 'operations'; readonly operations: readonly Operation[] }
  | { readonly kind: 'sequence'; readonly sequence: Sequence; readonly besides: readonly Consequence[] }
  /** What it consists of depends on what runs on the node: it is found anew each time. */
  | { readonly kind: 'graceful-drain'; readonly nodeId: string; readonly name: string }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | { readonly kind: 'new-cluster'; readonly newCluster: NewCluster }

export type RunningSequence = {
  readonly number: number
  readonly sequence: Sequence
  readonly askedAt: number
  /** The index of the operation that is under way, or is sent next; at the end: their number. */
  readonly at: number
  /** The number of the operation that is under way; null while the next one waits for its turn. */
  readonly running: number | null
  /** How the one that was under way has come out, until that is heeded. */
  readonly ended: OperationResult | null
  /** `stopping`: a person asked for no more after the one that is under way. */
  readonly phase: 'going-on' | 'stopping'
  /** Why the next one is not sent yet; null when nothing keeps it. */
  readonly waitsFor: string | null
}

export type RunningOperation = {
  readonly number: number
  readonly operation: Operation
  readonly command: string
  readonly askedAt: number
  /** The cluster as it was when the operation was asked for. */
  readonly before: Cluster
  /** `sent`: no answer yet. `watched`: accepted, until it has converged. */
  readonly phase: 'sent' | 'watched'
  readonly version: number
  readonly forceUpdate: number | null
  readonly progress: Progress
  /** The number of the sequence that it belongs to; null when it was asked for by itself. */
  readonly sequence: number | null
}

export type OperationResult =
  | { readonly kind: 'asked' }
  | { readonly kind: 'converged'; readonly text: string; readonly afterMs: number }
  | { readonly kind: 'failed'; readonly text: string }
  | { readonly kind: 'left' }

/** `done`: of so many operations. `text`: why it goes no further. */
export type SequenceResult =
  | { readonly kind: 'converged'; readonly afterMs: number }
  | { readonly kind: 'broken-off'; readonly text: string; readonly done: number; readonly of: number }
