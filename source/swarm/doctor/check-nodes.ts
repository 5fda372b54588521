import { compareNaturally } from '../../rules/natural-order.ts'
import { isLive } from '../../rules/task-state.ts'
import type { Cluster, ClusterNode } from '../cluster.ts'
import type { Service } from '../service.ts'
import type { Known } from './diagnose.ts'
import type { Found } from './finding.ts'
import { ofNode, ofService, together } from './subjects.ts'

/** Nodes that are away, or were put out of use and may have been forgotten, and what they leave behind. */
export function checkNodes(cluster: Cluster, known: Known): readonly Found[] {
  const { nodes } = cluster
  const doubles = findDoubles(nodes)
  const atLeastSince = ({ node }: ClusterNode) =>
    Math.min(known.availabilitySince.get(node.id) ?? Number.POSITIVE_INFINITY, node.updatedAt)
  const away = (which: (node: ClusterNode) => boolean, apart: (node: ClusterNode) => object = () => ({})) =>
    nodes.filter(which).map(node => ofNode(node, apart(node)))
  return [
    ...together(
      away(
        entry => isDown(entry) && entry.node.manager === null && !doubles.includes(entry),
        ({ node }) => ({
          since: node.updatedAt,
        }),
      ),
      { kind: 'node-down' as const, severity: 'degraded' as const },
    ),
    ...together(
      away(
        ({ node }) => UNREADY.has(node.state) && (node.manager === null || node.manager.reachability === 'reachable'),
        ({ node }) => ({
          detail: node.state,
        }),
      ),
      { kind: 'node-unready' as const, severity: 'advice' as const },
    ),
    ...together(
      doubles.map(entry => ofNode(entry)),
      { kind: 'dead-double' as const, severity: 'advice' as const },
    ),
    ...together(
      forgottenDrains(nodes).map(entry => {
        const by = known.maintainedBy.get(entry.node.id)
        return ofNode(entry, { since: atLeastSince(entry), ...(by === undefined ? {} : { detail: by }) })
      }),
      { kind: 'node-drained' as const, severity: 'advice' as const },
    ),
    ...together(
      away(
        entry => isDrained(entry) && entry.running > 0,
        ({ running }) => ({
          count: running,
        }),
      ),
      { kind: 'drained-with-tasks' as const, severity: 'advice' as const },
    ),
    ...together(
      away(
        entry => entry.node.availability === 'pause' && !isDown(entry),
        entry => ({ since: atLeastSince(entry) }),
      ),
      { kind: 'node-paused' as const, severity: 'advice' as const },
    ),
    ...findMixedEngines(nodes),
    ...findUnreserved(cluster),
    ...findDeadCounted(cluster),
  ]
}

/** That a manager is unreachable is told already. */
const UNREADY: ReadonlySet<string> = new Set(['unknown', 'disconnected'])
const isDrained = (entry: ClusterNode): boolean => entry.node.availability === 'drain' && !isDown(entry)
const isDown = ({ node }: ClusterNode): boolean => node.state === 'down'

/** A machine that joined anew is another node; the one it was before stays, down for ever. */
function findDoubles(nodes: readonly ClusterNode[]): readonly ClusterNode[] {
  const living = new Set(nodes.filter(entry => !isDown(entry)).map(({ node }) => node.hostname))
  return nodes.filter(entry => isDown(entry) && entry.node.hostname !== '' && living.has(entry.node.hostname))
}

/** Managers that are all drained are kept for themselves, as Docker recommends; one among others was forgotten. */
function forgottenDrains(nodes: readonly ClusterNode[]): readonly ClusterNode[] {
  const managers = nodes.filter(({ node }) => node.role === 'manager')
  const areKeptApart = managers.every(({ node }) => node.availability === 'drain')
  return nodes.filter(
    entry => isDrained(entry) && entry.running === 0 && !(areKeptApart && entry.node.role === 'manager'),
  )
}

/** What most nodes run is usual; of two that as many run, the newer one. */
function findMixedEngines(nodes: readonly ClusterNode[]): readonly Found[] {
  const up = nodes.filter(entry => !isDown(entry) && entry.node.engineVersion !== '')
  const byVersion = Map.groupBy(up, ({ node }) => node.engineVersion)
  const [usual, ...others] = [...byVersion].toSorted(
    ([version, bearers], [other, others]) => others.length - bearers.length || compareNaturally(other, version),
  )
  if (usual === undefined || others.length === 0) return []
  return together(
    up.flatMap(entry =>
      entry.node.engineVersion === usual[0] ? [] : [ofNode(entry, { detail: entry.node.engineVersion })],
    ),
    { kind: 'mixed-engines' as const, severity: 'advice' as const, usual: usual[0] },
  )
}

/** Where there is but one node there is nowhere else for them. */
function findUnreserved({ nodes, serviceById }: Cluster): readonly Found[] {
  if (nodes.length < 2) return []
  return together(
    nodes.flatMap(entry => {
      if (entry.node.manager === null || isDown(entry)) return []
      const unbounded = new Map<string, string>()
      for (const task of entry.tasks) {
        if (task.state !== 'running' || !isLive(task.desired) || unbounded.has(task.serviceId)) continue
        const service = serviceById.get(task.serviceId)?.service
        if (service !== undefined && isUnbounded(service)) unbounded.set(service.id, service.name)
      }
      if (unbounded.size === 0) return []
      return [ofNode(entry, { count: unbounded.size, detail: [...unbounded.values()].slice(0, MOST_NAMED).join(', ') })]
    }),
    { kind: 'unreserved-on-manager' as const, severity: 'advice' as const },
  )
}

const MOST_NAMED = 3

/** Neither the scheduler nor the kernel keeps it from taking all there is. */
const isUnbounded = ({ reservation, settings }: Service): boolean =>
  reservation.memoryBytes === 0 && reservation.nanoCpus === 0 && settings.limits.memoryBytes === 0

/**
 * A task on a dead node reads `running` until it is given up after a day, and the daemon counts it.
 * Source: moby/swarmkit manager/controlapi/service.go (ListServiceStatuses)
 */
function findDeadCounted({ nodes, serviceById }: Cluster): readonly Found[] {
  const down = nodes.filter(isDown)
  const tasks = down.flatMap(entry => entry.tasks.filter(({ state }) => state === 'running'))
  const counted = Map.groupBy(tasks, ({ serviceId }) => serviceId)
  const subjects = [...serviceById.values()].flatMap(service => {
    const count = counted.get(service.service.id)?.length ?? 0
    const { shown } = service
    return count === 0 ? [] : [ofService(service, { count, detail: `${shown.running}/${shown.desired}` })]
  })
  return together(subjects, {
    kind: 'dead-counted' as const,
    severity: 'advice' as const,
    tasks: tasks.filter(({ serviceId }) => serviceById.has(serviceId)).length,
    down: down.filter(entry => entry.tasks.some(({ state }) => state === 'running')).map(({ name }) => name),
  })
}
