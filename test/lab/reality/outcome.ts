import type { ApiReading } from '../../../source/api/info.ts'
import type { ApiService } from '../../../source/api/service.ts'
import type { ApiTask } from '../../../source/api/task.ts'
import type { PlannedNode } from '../../../source/operations/plan.ts'
import { type Tolerance, toleranceOf } from '../../../source/operations/tolerance.ts'
import type { Sight } from './sights.ts'

/** What was seen to happen, in the shape of a plan, so that the two can be laid side by side. */
export type Outcome = {
  readonly moves: readonly SeenMove[]
  readonly unplaced: readonly { readonly task: string; readonly reason: string }[]
  readonly gaps: readonly SeenGap[]
  /** Of services whose update changed its state. */
  readonly updates: readonly { readonly service: string; readonly state: string; readonly message: string }[]
  readonly quorum: { readonly before: Tolerance; readonly after: Tolerance }
  /** Names; `''` while nobody leads. */
  readonly leader: { readonly before: string; readonly after: string }
  readonly tookMs: number
  readonly looksPerSecond: number
}

export type SeenMove = {
  readonly task: string
  readonly fate: 'moves' | 'starts' | 'ends' | 'lost'
  readonly from: PlannedNode | null
  readonly to: PlannedNode | null
}

/** `forMs`: from the first look that saw too few to the last; null where they were too few to the end. */
export type SeenGap = {
  readonly service: string
  readonly desired: number
  readonly lowest: number
  readonly forMs: number | null
}

/** Compares the first sight with the last, and looks at all between for what was down. */
export function outcomeOf(sights: readonly Sight[]): Outcome {
  const [first, last] = [sights[0], sights.at(-1)]
  if (first === undefined || last === undefined) throw new Error('nothing was seen')
  const [before, after] = [slotsOf(first.reading), slotsOf(last.reading)]
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted()
  return {
    moves: keys.flatMap(key => moveOf(key, before, after, last.reading)),
    unplaced: keys.flatMap(key => waitOf(key, before, after)),
    gaps: gapsOf(sights),
    updates: updatesOf(first.reading, last.reading),
    quorum: { before: quorumOf(first.reading), after: quorumOf(last.reading) },
    leader: { before: leaderOf(first.reading), after: leaderOf(last.reading) },
    tookMs: last.atMs - first.atMs,
    looksPerSecond: (1000 * (sights.length - 1)) / Math.max(1, last.atMs - first.atMs),
  }
}

/** A slot at one moment: who runs in it, and who waits for a place. By what the task is called: `web.3`, `web.node4`. */
type Slot = {
  readonly service: ApiService
  readonly running: ApiTask | null
  readonly node: PlannedNode | null
  readonly waiting: ApiTask | null
}

function slotsOf(reading: ApiReading): ReadonlyMap<string, Slot> {
  const tasks = [...reading.tasks].sort((one, other) => (one.CreatedAt ?? '').localeCompare(other.CreatedAt ?? ''))
  const slots = new Map<string, Slot>()
  for (const task of tasks) {
    const service = reading.services.find(({ ID }) => ID === task.ServiceID)
    if (service === undefined || !isWanted(task)) continue
    const key = `${service.Spec?.Name}.${task.Slot ?? nodeNamed(reading, task.NodeID)?.name}`
    const known = slots.get(key) ?? { service, running: null, node: null, waiting: null }
    const isWaiting = task.Status?.State === 'pending' && task.Status.Err !== undefined
    if (isWaiting) slots.set(key, { ...known, waiting: task })
    else if (isRunning(reading, task)) {
      slots.set(key, { ...known, running: task, node: nodeNamed(reading, task.NodeID) })
    } else slots.set(key, known)
  }
  return slots
}

function moveOf(
  task: string,
  before: ReadonlyMap<string, Slot>,
  after: ReadonlyMap<string, Slot>,
  reading: ApiReading,
): readonly SeenMove[] {
  const [was, is] = [before.get(task), after.get(task)]
  const [from, to] = [was?.node ?? null, is?.node ?? null]
  if (was?.running?.ID === is?.running?.ID) return []
  if (is?.running) return [{ task, fate: was?.running ? 'moves' : 'starts', from, to }]
  return [{ task, fate: isMissed(was?.service, is, after, reading) ? 'lost' : 'ends', from, to: null }]
}

/** Whether a slot that runs no more should: somebody waits in it, or its service has fewer slots than it wants. */
function isMissed(
  service: ApiService | undefined,
  slot: Slot | undefined,
  after: ReadonlyMap<string, Slot>,
  reading: ApiReading,
): boolean {
  if (slot !== undefined) return true
  const now = reading.services.find(({ ID }) => ID === service?.ID)
  const replicas = now?.Spec?.Mode?.Replicated?.Replicas ?? 0
  return [...after.values()].filter(({ service: { ID } }) => ID === service?.ID).length < replicas
}

function waitOf(
  task: string,
  before: ReadonlyMap<string, Slot>,
  after: ReadonlyMap<string, Slot>,
): Outcome['unplaced'] {
  const waiting = after.get(task)?.waiting ?? null
  const waited = before.get(task)?.waiting ?? null
  return waiting === null || waited !== null ? [] : [{ task, reason: waiting.Status?.Err ?? '' }]
}

/** A service that had fewer than it wants before has a gap while it has fewer still. */
function gapsOf(sights: readonly Sight[]): readonly SeenGap[] {
  const names = [...new Set(sights.flatMap(({ reading }) => reading.services.map(({ Spec }) => Spec?.Name ?? '')))]
  return names.toSorted().flatMap(service => {
    const counts = sights.map(({ atMs, reading }) => ({ atMs, ...countOf(reading, service) }))
    const atFirst = counts[0]?.running ?? 0
    const isShort = ({ running, desired }: Count): boolean => running < Math.min(desired, atFirst)
    const [first, last, end] = [counts.find(isShort), counts.findLast(isShort), counts.at(-1)]
    if (first === undefined || last === undefined) return []
    const lowest = Math.min(...counts.filter(isShort).map(({ running }) => running))
    const next = counts[counts.indexOf(last) + 1]
    return [{ service, desired: first.desired, lowest, forMs: last === end || !next ? null : next.atMs - first.atMs }]
  })
}

type Count = { readonly running: number; readonly desired: number }

/** Counts slots that are served: a task that was told to stop serves until it has stopped. */
function countOf(reading: ApiReading, name: string): Count {
  const service = reading.services.find(({ Spec }) => Spec?.Name === name)
  const tasks = reading.tasks.filter(({ ServiceID }) => ServiceID === service?.ID)
  const slotOf = (task: ApiTask): string => String(task.Slot ?? task.NodeID)
  const running = new Set(tasks.filter(task => isRunning(reading, task)).map(slotOf)).size
  const replicas = service?.Spec?.Mode?.Replicated?.Replicas
  return { running, desired: replicas ?? new Set(tasks.filter(isWanted).map(slotOf)).size }
}

function updatesOf(before: ApiReading, after: ApiReading): Outcome['updates'] {
  return after.services.flatMap(({ ID, Spec, UpdateStatus }) => {
    const old = before.services.find(service => service.ID === ID)?.UpdateStatus
    const isNew = UpdateStatus?.State !== undefined && UpdateStatus.StartedAt !== old?.StartedAt
    return isNew
      ? [{ service: Spec?.Name ?? '', state: UpdateStatus.State ?? '', message: UpdateStatus.Message ?? '' }]
      : []
  })
}

function quorumOf({ nodes }: ApiReading): Tolerance {
  const members = nodes.filter(({ ManagerStatus }) => ManagerStatus != null)
  return toleranceOf(members.length, members.filter(node => node.ManagerStatus?.Reachability === 'reachable').length)
}

function leaderOf({ nodes }: ApiReading): string {
  return nodes.find(({ ManagerStatus }) => ManagerStatus?.Leader === true)?.Description?.Hostname ?? ''
}

export function isWanted({ DesiredState = '' }: ApiTask): boolean {
  return ['ready', 'running', 'complete'].includes(DesiredState)
}

function isRunning({ nodes }: ApiReading, { NodeID, Status }: ApiTask): boolean {
  return Status?.State === 'running' && nodes.find(({ ID }) => ID === NodeID)?.Status?.State !== 'down'
}

function nodeNamed({ nodes }: ApiReading, id: string | undefined): PlannedNode | null {
  return id === undefined ? null : { nodeId: id, name: nodes.find(({ ID }) => ID === id)?.Description?.Hostname ?? id }
}
