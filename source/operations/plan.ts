import type { Operation } from './operation.ts'
import type { Tolerance } from './tolerance.ts'

/**
 * What operations would move, found by doing them in a copy of the swarm (`rehearsal/`). It says what is, without words;
 * names ride along for words only. Spans of time are milliseconds of the swarm's own clock.
 */
export type Plan = {
  /** What was rehearsed, one after the other. */
  readonly operations: readonly Operation[]
  /** Tasks that stop, start or give way to another one; in the order of service and slot. */
  readonly moves: readonly PlannedMove[]
  /** Slots that are without a place at the end, and were not before. */
  readonly unplaced: readonly PlannedWait[]
  /** Services that have fewer running than desired for a while, or for good; the longest first. */
  readonly gaps: readonly PlannedGap[]
  /** How the updates end that the operations set off. */
  readonly updates: readonly PlannedUpdate[]
  readonly quorum: { readonly before: Tolerance; readonly during: Tolerance; readonly after: Tolerance }
  /** Who leads instead of the one that did; null where the leader stays. */
  readonly leader: PlannedLeader | null
  /** What the engine would not do, in its words; what comes after it is not done either. */
  readonly refused: readonly PlannedRefusal[]
  /** `limit`: it was still under way when the rehearsal was broken off. */
  readonly end: { readonly kind: 'converged' | 'limit'; readonly afterMs: number }
  /** Why this is estimated and not computed, in one sentence; null where it is computed. */
  readonly estimated: string | null
}

export type PlannedMove = {
  readonly serviceId: string
  readonly service: string
  /** `Slot.key`. */
  readonly slot: string
  /** `api.3`, or `api.w1` for a global service. */
  readonly task: string
  /**
   * `moves`: another task in its slot, on another node (or perhaps the same); `starts`: where none ran; `ends`: nothing
   * comes in its place, as is meant (scaled down, removed, a global task on a drained node); `lost`: nothing comes in its
   * place although it is wanted (restart condition none, no place).
   */
  readonly fate: 'moves' | 'starts' | 'ends' | 'lost'
  readonly from: PlannedNode | null
  /** Null where nothing starts; several nodes where Swarm leaves the choice among them to chance. */
  readonly to: readonly [PlannedNode, ...PlannedNode[]] | null
  /** Tasks of which it may be any that this happens to: itself alone, but where several want fewer places than they are. */
  readonly among: readonly [string, ...string[]]
}

export type PlannedNode = { readonly nodeId: string; readonly name: string }

/** `reason`: the scheduler's own explanation: `no suitable node (insufficient resources on 2 nodes)`. */
export type PlannedWait = {
  readonly serviceId: string
  readonly service: string
  readonly slot: string
  readonly task: string
  readonly reason: string
  /** Tasks of which it may be any that waits: itself, and others that would do as well for the places there are. */
  readonly among: readonly [string, ...string[]]
}

export type PlannedGap = {
  readonly serviceId: string
  readonly service: string
  readonly desired: number
  /** The fewest slots that run at one time; a task serves until it has stopped, also when it has been told to. */
  readonly lowest: number
  /** How long fewer than desired, or than ran before, run, from first to last; null: it does not end by itself. */
  readonly forMs: number | null
}

/** `to`: null where nobody leads in the end; several where that is chance. */
export type PlannedLeader = {
  readonly from: PlannedNode
  readonly to: readonly [PlannedNode, ...PlannedNode[]] | null
}

export type PlannedRefusal = { readonly operation: Operation; readonly text: string }

export type PlannedUpdate = {
  readonly serviceId: string
  readonly service: string
  readonly state: 'completed' | 'paused' | 'rollback_completed' | 'rollback_paused' | 'unfinished'
  /** In the swarm's words, with the name of a task where they have its ID. */
  readonly message: string
}
