import type { Operation } from '../operations/operation.ts'
import type { Tolerance } from '../operations/tolerance.ts'
import { toleranceOf } from '../operations/tolerance.ts'
import type { Fault } from '../simulator/fault.ts'
import { isReachable } from '../simulator/raft/reachability.ts'
import { type Heed, settle } from '../simulator/settle.ts'
import { load, nextDue } from '../simulator/simulator.ts'
import type { Node } from '../simulator/world/node.ts'
import { type Change, tasksOfNode } from '../simulator/world/store.ts'
import type { Swarm } from '../simulator/world/swarm.ts'
import { isLive, isTerminal, type Task } from '../simulator/world/task.ts'
import { carryOut } from './carry-out.ts'
import type { Copy } from './copy-swarm.ts'
import { countFailure, type Failures, hasFailed, isSettled } from './settled.ts'
import { concernedServices, continueTally, startTally, type Tally } from './tally.ts'

/** How long all has to stay as it is before it counts as converged, as for the docker CLI. */
const STABLE_MS = 5_000
/** What a fault leads to begins when the node is missed. */
const MISSED_WITHIN_MS = 60_000
const RECENT_MS = 5 * 60_000

export type Limits = {
  /** Simulated time after which an operation is broken off. */
  readonly simulatedMs: number
  /** Things that happen by then. */
  readonly steps: number
}

/** What came of doing operations in a copy; the copy is then as the swarm would be. */
export type Run = {
  readonly copy: Copy
  readonly refused: readonly { readonly operation: Operation; readonly text: string }[]
  readonly tallies: ReadonlyMap<string, Tally>
  readonly quorum: { readonly before: Tolerance; readonly during: Tolerance; readonly after: Tolerance }
  readonly leader: { readonly before: string; readonly after: string }
  readonly end: { readonly kind: 'converged' | 'limit'; readonly afterMs: number }
  /** Tasks that failed meanwhile, by ID, and how often they did in each slot. */
  readonly failed: ReadonlyMap<string, Task>
  readonly failures: Failures
  /** The nodes that a task might have been given to, by its ID. */
  readonly choices: ReadonlyMap<string, readonly string[]>
}

/**
 * Does operations in a copy one after the other, each when the one before has converged. `until`: up to when it is looked
 * on at the least, though all may be at rest before; of the copy's own clock.
 */
export function runOperations(
  copy: Copy,
  operations: readonly Operation[],
  faults: readonly Fault[],
  limits: Limits,
  until = 0,
): Run {
  const { world, swarm } = copy
  const services = Object.values(swarm.services)
  const tallies = new Map(services.map(service => [service.id, startTally(swarm, service)]))
  const failures = recentFailures(swarm)
  const newFailures: Failures = new Map()
  const failed = new Map<string, Task>()
  const unsettled = new Set(services.map(({ id }) => id).filter(id => !isSettled(swarm, id, failures)))
  const ignored = new Set([...unsettled].filter(id => !operations.some(operation => concerns(copy, operation, id))))
  for (const id of ignored) unsettled.delete(id)
  const lookOn: Heed = (changed, changes) => {
    if (changed === swarm) heed(changes)
  }
  const simulator = load(world, lookOn)
  const before = toleranceIn(copy)
  const leader = swarm.raft.leader
  const refused: { operation: Operation; text: string }[] = []
  const unsettledNodes = new Set<string>()
  let unrestAt = 0
  let during = before
  let isBrokenOff = false

  // What was under way when the swarm was read goes on, whether anything is done or not.
  settle(world, lookOn)
  for (const fault of faults) simulator.inject(fault)
  if (faults.length > 0) converge(world.now + MISSED_WITHIN_MS)
  for (const operation of operations) {
    if (isBrokenOff || refused.length > 0) break
    const outcome = carryOut(simulator, copy, operation)
    if (outcome.kind === 'refused') refused.push({ operation, text: outcome.text })
    else converge(world.now)
    noteQuorum(operation)
  }
  simulator.advance(Math.max(world.now, until))
  return {
    copy,
    refused,
    tallies,
    quorum: { before, during, after: toleranceIn(copy) },
    leader: { before: leader, after: swarm.raft.leader },
    end: { kind: isBrokenOff ? 'limit' : 'converged', afterMs: unrestAt },
    failed,
    failures: newFailures,
    choices: new Map(
      (world.lots?.choices ?? []).flatMap(({ taskIds, nodeIds }) => taskIds.map(id => [id, nodeIds] as const)),
    ),
  }

  function heed(changes: readonly Change[]): void {
    for (const { of, before, after } of changes) {
      if (of !== 'task' || before === null || after === null || isTerminal(before) || !hasFailed(after)) continue
      countFailure(failures, after)
      countFailure(newFailures, after)
      failed.set(after.id, after)
    }
    for (const id of concernedServices(swarm, changes)) {
      const tally = tallies.get(id)
      if (tally !== undefined) continueTally(swarm, tally, world.now)
      if (ignored.has(id)) continue
      if (unsettled.has(id)) unrestAt = world.now
      if (isSettled(swarm, id, failures)) unsettled.delete(id)
      else unsettled.add(id)
      if (unsettled.has(id)) unrestAt = world.now
    }
    for (const { of, before, after } of changes) {
      if (of !== 'node') continue
      unrestAt = world.now
      if (after === null || isNodeSettled(after)) unsettledNodes.delete((after ?? before)?.id ?? '')
      else unsettledNodes.add(after.id)
    }
  }

  /** Lets time pass until all has been at rest for long enough, and until a certain moment at least. */
  function converge(atLeastUntil: number): void {
    const limitMs = world.now + limits.simulatedMs
    for (let step = 0; ; step++) {
      const due = nextDue(world)
      const isAtRest = unsettled.size === 0 && unsettledNodes.size === 0
      if (due === null || (isAtRest && due > Math.max(unrestAt + STABLE_MS, atLeastUntil))) break
      if (due > limitMs || step >= limits.steps) {
        isBrokenOff = true
        unrestAt = world.now
        return
      }
      simulator.advance(due)
      noteQuorum(null)
    }
    simulator.advance(Math.max(world.now, unrestAt + STABLE_MS))
  }

  /** Nodes are drained to be switched off: what a manager's absence means counts as part of it. */
  function noteQuorum(operation: Operation | null): void {
    const now = toleranceIn(copy)
    const isDrained =
      operation?.kind === 'drain' &&
      swarm.raft.members[operation.nodeId] !== undefined &&
      isReachable(world, swarm, operation.nodeId)
    const least = isDrained ? toleranceOf(now.members, now.reachable - 1) : now
    if (least.canLose < during.canLose) during = least
  }
}

/** What is under way by itself is waited for only where it is what the operation is about. */
function concerns({ swarm }: Copy, operation: Operation, serviceId: string): boolean {
  if ('serviceId' in operation) return operation.serviceId === serviceId
  if (!('nodeId' in operation)) return true
  return tasksOfNode(swarm, operation.nodeId).some(task => task.serviceId === serviceId && isLive(task))
}

/** It is heard of, and is what it is meant to be. */
function isNodeSettled({ role, spec, status }: Node): boolean {
  return role === spec.role && status.state !== 'unknown'
}

function toleranceIn({ world, swarm }: Copy): Tolerance {
  const members = Object.keys(swarm.raft.members)
  return toleranceOf(members.length, members.filter(id => isReachable(world, swarm, id)).length)
}

function recentFailures(swarm: Swarm): Failures {
  const failures: Failures = new Map()
  for (const task of Object.values(swarm.tasks)) {
    if (task.status.at > -RECENT_MS && hasFailed(task)) countFailure(failures, task)
  }
  return failures
}
