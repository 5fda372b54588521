import { inAnyOrder } from '../world/lots.ts'
import { type Change, type Transaction, transact } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import { isLive, isTerminal, type Task } from '../world/task.ts'
import { setLeaderTimer } from '../world/timer.ts'
import type { World } from '../world/world.ts'
import { forgetFailures, noteTaskFailure } from './failures.ts'
import type { Candidate } from './filter.ts'
import { claimResources } from './generic-resources.ts'
import { countTask, loadOf } from './node-load.ts'
import { preparePipeline } from './pipeline.ts'
import { placeGroup } from './place-group.ts'
import { attachVolumes } from './volumes.ts'

const DEBOUNCE_MS = 50
const MAX_LATENCY_MS = 1_000

/**
 * Keeps count of what runs where, and has a pass come due when something could be placed that could not before.
 *
 * Source: moby/swarmkit manager/scheduler/scheduler.go
 * Deletions that free something count for every task here, not only for those that wait.
 */
export function noteForScheduler(world: World, swarm: Swarm, changes: readonly Change[]): void {
  const memory = swarm.leader.scheduler
  memory.lastCommitAt = world.now
  let isDue = false
  for (const change of changes) {
    if (change.of === 'node' || change.of === 'volume') isDue = true
    if (change.of === 'service' && change.after === null) forgetFailures(memory, change.before?.id ?? '')
    if (change.of !== 'task') continue
    const { before, after } = change
    if (before !== null) countTask(memory, before, -1)
    if (after !== null) countTask(memory, after, 1)
    noteTaskFailure(world, swarm, before, after)

    const task = after ?? before
    if (task === null) continue
    delete memory.unassigned[task.id]
    delete memory.bound[task.id]
    if (after?.status.state === 'pending') {
      const list = after.nodeId === '' ? memory.unassigned : memory.bound
      list[after.id] = true
      if (before?.status.state !== 'pending' || before.desired !== after.desired) isDue = true
    }
    if (after === null || (isTerminal(after) && !(before !== null && isTerminal(before)))) isDue = true
  }
  // What is bound to a node is tried again at every commit.
  if ((isDue && hasAny(memory.unassigned)) || hasAny(memory.bound)) requestPass(world, swarm)
}

/** The pass waits for 50 ms without another commit, but for no more than a second. */
function requestPass(world: World, swarm: Swarm): void {
  const memory = swarm.leader.scheduler
  if (memory.firstCommitAt !== null) return
  memory.firstCommitAt = world.now
  setLeaderTimer(world, swarm, DEBOUNCE_MS, { kind: 'schedule' })
}

export function schedule(world: World, swarm: Swarm): void {
  const memory = swarm.leader.scheduler
  const first = memory.firstCommitAt ?? world.now
  const due = Math.min(memory.lastCommitAt + DEBOUNCE_MS, first + MAX_LATENCY_MS)
  if (world.now < due) {
    setLeaderTimer(world, swarm, due - world.now, { kind: 'schedule' })
    return
  }
  memory.firstCommitAt = null
  const pass: Pass = { world, swarm, placed: [] }
  transact(world, swarm, transaction => {
    confirmBound(pass, transaction)
    placeUnassigned(pass, transaction)
  })
  // From here on they are counted by the reaction to the commit, as everything else is.
  for (const task of pass.placed) countTask(memory, task, -1)
}

/** `placed`: what this pass has counted already, so that its own next choices see it. */
type Pass = { readonly world: World; readonly swarm: Swarm; readonly placed: Task[] }

function confirmBound(pass: Pass, transaction: Transaction): void {
  const { world, swarm } = pass
  for (const id of Object.keys(swarm.leader.scheduler.bound)) {
    const task = swarm.tasks[id]
    const node = swarm.nodes[task?.nodeId ?? '']
    if (task === undefined || node === undefined) continue
    const candidate = { node, load: loadOf(swarm.leader.scheduler, node.id) }
    const pipeline = preparePipeline(task, swarm)
    if (pipeline.passes(candidate)) {
      assign(pass, transaction, task, node.id, 'scheduler confirmed task can run on preassigned node')
    } else explain(world, transaction, task, pipeline.explain([candidate]))
  }
}

/** Tasks of one service and spec version are interchangeable and placed together. */
function placeUnassigned(pass: Pass, transaction: Transaction): void {
  const { world, swarm } = pass
  const memory = swarm.leader.scheduler
  const groups = new Map<string, Task[]>()
  for (const id of Object.keys(memory.unassigned)) {
    const task = swarm.tasks[id]
    if (task === undefined || swarm.services[task.serviceId] === undefined) {
      delete memory.unassigned[id]
      continue
    }
    const key = `${task.serviceId} ${task.specVersion}`
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [task])
    else group.push(task)
  }
  const candidates: readonly Candidate[] = Object.values(swarm.nodes).map(node => ({
    node,
    load: loadOf(memory, node.id),
  }))

  for (const tasks of inAnyOrder(world, [...groups.values()])) {
    const [first] = tasks
    if (first === undefined) continue
    const pipeline = preparePipeline(first, swarm)
    const left = placeGroup(world, swarm, tasks, candidates, pipeline, (task, nodeId) => {
      assign(pass, transaction, task, nodeId, 'scheduler assigned task to node')
    })
    const reasons = left.length === 0 ? '' : pipeline.explain(candidates)
    for (const task of left) giveUp(world, swarm, transaction, task, reasons)
  }
}

/** What is left over waits with an explanation. An outdated task is not tried again, and ends here if nobody wants it. */
function giveUp(world: World, swarm: Swarm, transaction: Transaction, task: Task, reasons: string): void {
  const service = swarm.services[task.serviceId]
  if (service !== undefined && service.specVersion > task.specVersion) {
    delete swarm.leader.scheduler.unassigned[task.id]
    if (isLive(task)) return
    transaction.updateTask(task.id, { status: { ...task.status, at: world.now, state: 'shutdown', error: '' } })
    return
  }
  explain(world, transaction, task, reasons === '' ? 'no suitable node' : `no suitable node (${reasons})`)
}

/** The time stamp is renewed only when the text changes: "Pending 3 minutes" counts from there. */
function explain(world: World, transaction: Transaction, task: Task, error: string): void {
  if (task.status.error === error) return
  transaction.updateTask(task.id, { status: { ...task.status, at: world.now, error } })
}

function assign(
  { world, swarm, placed }: Pass,
  transaction: Transaction,
  task: Task,
  nodeId: string,
  message: string,
): void {
  const node = swarm.nodes[nodeId]
  const claims = node === undefined ? [] : (claimResources(swarm, task, node) ?? [])
  const volumes = attachVolumes(swarm, task, nodeId) ?? []
  transaction.updateTask(task.id, {
    nodeId,
    ...(claims.length > 0 && { claims }),
    ...(volumes.length > 0 && { volumes }),
    status: { ...task.status, at: world.now, state: 'assigned', message, error: '' },
  })
  const assigned = swarm.tasks[task.id]
  if (assigned === undefined) return
  countTask(swarm.leader.scheduler, assigned, 1)
  placed.push(assigned)
}

function hasAny(list: Readonly<Record<string, true>>): boolean {
  for (const _ in list) return true
  return false
}
