import { isLive, isTerminal } from '../rules/task-state.ts'
import type { Cluster, ClusterService } from '../swarm/cluster.ts'
import { isJob } from '../swarm/service-mode.ts'
import type { Task } from '../swarm/task.ts'
import { isFailure, isWaiting } from '../swarm/task-life.ts'
import { currentView } from './current-view.ts'
import { layoutMatrix, type MatrixLayout, type MatrixNeeds } from './matrix-layout.ts'
import { withView } from './navigating.ts'
import { keepBy } from './rows/keep-by.ts'
import type { State } from './state.ts'

/** What a task is in the matrix, in the order in which a cell shows them. `lost`: on a node that is down. */
export type TaskSign = (typeof TASK_SIGNS)[number]

export const TASK_SIGNS = ['running', 'complete', 'leaving', 'starting', 'waiting', 'lost', 'failed'] as const

/** The tasks of one service on one node. */
export type MatrixCell = readonly TaskSign[]

export type Matrix = {
  readonly cellOf: (serviceId: string, nodeId: string) => MatrixCell
  readonly needs: MatrixNeeds
  /** Which signs there are at all. */
  readonly signs: ReadonlySet<TaskSign>
  /** By node: how many of its tasks run; those of a node that is down are not known to. */
  readonly runningOn: ReadonlyMap<string, number>
}

/** Where the tasks stand that have no node, or one that the swarm does not know any more. */
export const NO_NODE = ''

/** For so long a failure is shown where it happened. */
const LATELY_MS = 5 * 60_000

/** Services by nodes, joined once a reading. */
export const matrixOf = keepBy((cluster: Cluster): Matrix => {
  const now = timeOf(cluster)
  const rows = new Map<string, ReadonlyMap<string, MatrixCell>>()
  const runningOn = new Map<string, number>()
  const signs = new Set<TaskSign>()
  let widest = 0
  for (const entry of cluster.services) {
    const row = rowOf(entry, cluster, now)
    rows.set(entry.service.id, row)
    for (const [nodeId, cell] of row) {
      widest = Math.max(widest, cell.length)
      for (const sign of cell) signs.add(sign)
      const running = cell.lastIndexOf('running') + 1
      if (running > 0) runningOn.set(nodeId, (runningOn.get(nodeId) ?? 0) + running)
    }
  }
  return {
    cellOf: (serviceId, nodeId) => rows.get(serviceId)?.get(nodeId) ?? EMPTY,
    needs: {
      nodes: cluster.nodes.length,
      widest,
      longestName: cluster.nodes.reduce((longest, { name }) => Math.max(longest, name.length), 0),
      hasWideNames: cluster.nodes.some(({ name }) => BEYOND_NARROW_SCRIPTS.test(name)),
    },
    signs,
    runningOn,
  }
})

/** The cells of a service, by node; the signs of a cell in their order. */
function rowOf({ service, slots }: ClusterService, cluster: Cluster, now: number): ReadonlyMap<string, MatrixCell> {
  const cells = new Map<string, TaskSign[]>()
  const isOfJob = isJob(service)
  for (const { tasks } of slots) {
    for (const task of tasks) {
      if (isOfJob && task.jobIteration !== service.jobIteration) continue
      const node = cluster.nodeById.get(task.nodeId)
      const sign = signOf(task, { isJob: isOfJob, isDown: node?.node.state === 'down', now })
      if (sign === null) continue
      const nodeId = node === undefined ? NO_NODE : task.nodeId
      const cell = cells.get(nodeId)
      if (cell === undefined) cells.set(nodeId, [sign])
      else cell.push(sign)
    }
  }
  for (const cell of cells.values()) {
    if (cell.length > 1) cell.sort((one, other) => TASK_SIGNS.indexOf(one) - TASK_SIGNS.indexOf(other))
  }
  return cells
}

const EMPTY: MatrixCell = []

/** The first scripts of Unicode are narrow; Korean letters are the first wide ones. */
const BEYOND_NARROW_SCRIPTS = /[\u1100-\uffff]/

/** Which columns are on the screen, and how wide. The leftmost is kept by its node. */
export function matrixColumns(state: State): MatrixLayout & { readonly first: number } {
  const cluster = state.reading?.cluster
  const nodes = cluster?.nodes ?? []
  const layout = layoutMatrix(state.size.columns, cluster === undefined ? NOTHING : matrixOf(cluster).needs)
  const leftmost = currentView(state).parts.matrix
  const wanted = leftmost === undefined ? 0 : nodes.findIndex(({ node }) => node.id === leftmost)
  return { ...layout, first: Math.min(Math.max(0, wanted), nodes.length - layout.shown) }
}

const NOTHING: MatrixNeeds = { nodes: 0, widest: 0, longestName: 0, hasWideNames: false }

/** Other nodes come into sight, where there is not room for all of them. */
export function moveInMatrix(state: State, direction: 1 | -1): State {
  const nodes = state.reading?.cluster.nodes ?? []
  const { first, shown } = matrixColumns(state)
  const there = first + direction * Math.max(1, Math.floor(shown / 3))
  const leftmost = nodes[Math.min(Math.max(0, there), nodes.length - shown)]
  if (leftmost === undefined || shown === nodes.length) return state
  return withView(state, { parts: { ...currentView(state).parts, matrix: leftmost.node.id } })
}

/** When the reading was taken; where the engine does not tell, when something changed last. */
function timeOf({ snapshot }: Cluster): number {
  return snapshot.takenAt !== 0 ? snapshot.takenAt : snapshot.tasks.reduce((at, task) => Math.max(at, task.stateAt), 0)
}

type Circumstances = { readonly isJob: boolean; readonly isDown: boolean; readonly now: number }

/** Null for what is over. */
function signOf(task: Task, { isJob, isDown, now }: Circumstances): TaskSign | null {
  if (isFailure(task)) return now - task.stateAt < LATELY_MS ? 'failed' : null
  if (task.state === 'complete') return isJob ? 'complete' : null
  if (isTerminal(task.state)) return null
  if (!isLive(task.desired)) return isDown ? null : 'leaving'
  if (isDown) return 'lost'
  if (task.state === 'running') return 'running'
  return isWaiting(task) ? 'waiting' : 'starting'
}
