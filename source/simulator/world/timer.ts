import type { Swarm } from './swarm.ts'
import type { World } from './world.ts'

/** Something that will be due. It says what, as data, and never how: `work-timer.ts` knows who does it. */
export type Timer = {
  readonly due: number
  /** Timers due at the same instant are worked in the order in which they were set. */
  readonly serial: number
  readonly what: Due
}

export type Due =
  /** One of the leader's own: void once another term has begun, held while it has no majority. */
  | { readonly kind: 'leader'; readonly swarm: string; readonly term: number; readonly what: LeaderDue }
  /** `serial`: the step this was set for; a task that has gone another way since lets it pass. */
  | { readonly kind: 'agent-step'; readonly machine: string; readonly taskId: string; readonly serial: number }
  | { readonly kind: 'script'; readonly step: number; readonly round: number }
  | { readonly kind: 'stream-end'; readonly stream: string }
  /** A log that is followed is looked at again; void when it has been meanwhile. */
  | { readonly kind: 'log-lines'; readonly stream: string }
  | MachineDue
  | { readonly kind: 'call-deadline'; readonly call: string }
  | MembershipDue
  /** `serial`: the join that this was set for. */
  | { readonly kind: 'join'; readonly machine: string; readonly serial: number }
  /** The managers have news of one another: calls that hang may be answered now. */
  | { readonly kind: 'retry-calls' }

/** What a machine goes through as this node of its swarm; void when it has left meanwhile. */
export type MembershipDue = {
  readonly kind: 'certificate' | 'certificate-renewal' | 'raft-join' | 'manager-ready' | 'fork'
  readonly machine: string
  readonly nodeId: string
}

/** What a machine waits for by itself: void when it waits for another moment, or for none, by now. */
export type MachineDue = {
  readonly kind: 'boot' | 'election' | 'step-down' | 'reconnect'
  readonly machine: string
}

/** What only a leader does. */
export type LeaderDue =
  | { readonly kind: 'schedule' }
  | { readonly kind: 'reap' }
  | { readonly kind: 'flush-reports' }
  | { readonly kind: 'assign'; readonly nodeId: string }
  | { readonly kind: 'restart-delay'; readonly taskId: string }
  | { readonly kind: 'stop-timeout'; readonly taskId: string }
  | { readonly kind: 'update-delay'; readonly serviceId: string; readonly update: number }
  | { readonly kind: 'update-watched'; readonly serviceId: string; readonly update: number }
  | { readonly kind: 'role'; readonly nodeId: string }
  | { readonly kind: 'node-ready'; readonly nodeId: string }
  | { readonly kind: 'node-down'; readonly nodeId: string; readonly serial: number }
  | { readonly kind: 'orphan'; readonly nodeId: string; readonly serial: number }
  | { readonly kind: 'transfer' }

/** Sets a timer of this swarm's present leader, milliseconds from now. */
export function setLeaderTimer(world: World, swarm: Swarm, delayMs: number, what: LeaderDue): void {
  setTimer(world, delayMs, { kind: 'leader', swarm: swarm.key, term: swarm.raft.term, what })
}

/**
 * Sets a timer, milliseconds from now. There is no cancelling: what is no longer wanted is recognised when it is due.
 * It never comes before its time, at whatever fraction of a millisecond that is: who then looks at the clock and finds
 * it too early would set it again for the same instant, and the world would stand still.
 */
export function setTimer(world: World, delayMs: number, what: Due): void {
  const timer = { due: world.now + Math.max(0, Math.ceil(delayMs)), serial: world.timerSerial++, what }
  const heap = world.timers
  let index = heap.length
  heap.push(timer)
  while (index > 0) {
    const parentIndex = (index - 1) >> 1
    const parent = heap[parentIndex]
    if (parent === undefined || comesFirst(parent, timer)) break
    heap[index] = parent
    index = parentIndex
  }
  heap[index] = timer
}

/** Takes the earliest timer out if it is due by then. */
export function takeTimer(world: World, until: number): Timer | null {
  const heap = world.timers
  const first = heap[0]
  if (first === undefined || first.due > until) return null
  const last = heap.pop()
  if (last !== undefined && heap.length > 0) sink(heap, last)
  return first
}

function sink(heap: Timer[], timer: Timer): void {
  let index = 0
  for (;;) {
    let childIndex = 2 * index + 1
    let child = heap[childIndex]
    if (child === undefined) break
    const sibling = heap[childIndex + 1]
    if (sibling !== undefined && comesFirst(sibling, child)) {
      child = sibling
      childIndex++
    }
    if (comesFirst(timer, child)) break
    heap[index] = child
    index = childIndex
  }
  heap[index] = timer
}

function comesFirst(one: Timer, other: Timer): boolean {
  return one.due < other.due || (one.due === other.due && one.serial < other.serial)
}
