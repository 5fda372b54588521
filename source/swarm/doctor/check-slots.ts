import type { Cluster, ClusterService, Slot } from '../cluster.ts'
import { causeOf } from '../find-troubles.ts'
import { failureKey } from '../group-failures.ts'
import { asSeen } from '../seen-task.ts'
import { isJob } from '../service-mode.ts'
import type { Task } from '../task.ts'
import { isFailure } from '../task-life.ts'
import type { Found } from './finding.ts'
import { ofService, ofSlot, together } from './subjects.ts'

/** What does not run though it should, and why: slot by slot, those of a service with the same reason together. */
export function checkSlots(cluster: Cluster): readonly Found[] {
  const { services, snapshot } = cluster
  return services.flatMap(service => {
    const causes = [...findLoops(service, snapshot.takenAt), ...findPending(service, snapshot.takenAt)]
    return [...(causes.length === 0 ? findShort(service, cluster) : causes), ...findPaused(service)]
  })
}

/** As long as nobody expects a scheduler to take. */
const LONG_MS = 60_000

function findPending(service: ClusterService, now: number): readonly Found[] {
  const waiting = service.slots.flatMap(slot => {
    const { why } = slot
    if (why?.kind !== 'pending' || (why.error === '' && now - why.since < LONG_MS)) return []
    return [{ slot, error: why.error, since: why.since }]
  })
  return [...Map.groupBy(waiting, ({ error }) => error)].flatMap(([error, group], index) =>
    together(
      group.map(({ slot, since }) => ofSlot(service, slot, { since })),
      {
        id: `pending ${service.service.id} ${index}`,
        kind: 'pending' as const,
        severity: gravity(service),
        service: service.service.name,
        error,
      },
    ),
  )
}

/** As the verdict weighs it: nothing runs of what should serve somebody. */
const gravity = ({ service, running, isShort }: ClusterService): Found['severity'] =>
  isShort && running === 0 && !isJob(service) ? 'critical' : 'degraded'

/** A loop: so many failures within the last minutes, the latest of them not long ago. */
const LOOP_TIMES = 3
const LOOP_WITHIN_MS = 15 * 60_000
const LOOP_LATEST_MS = 5 * 60_000
/** One that waits longer between its tries is a loop while it does not run. */
const SLOWEST_LOOP_MS = 30 * 60_000

/** Between two failures the slot may well be running. */
function findLoops(service: ClusterService, now: number): readonly Found[] {
  const looping = service.slots.flatMap(slot => {
    const failures = failuresOf(slot, now)
    return failures.length < LOOP_TIMES ? [] : [{ slot, failures }]
  })
  const all = looping.flatMap(({ failures }) => failures).toSorted((one, other) => other.stateAt - one.stateAt)
  const [latest] = all
  const first = all.at(-1)
  if (latest === undefined || first === undefined) return []
  return together(
    looping.map(({ slot, failures }) => ofSlot(service, slot, { count: failures.length })),
    {
      id: `crash-loop ${service.service.id}`,
      kind: 'crash-loop' as const,
      severity: gravity(service),
      service: service.service.name,
      times: all.length,
      withinMs: latest.stateAt - first.stateAt,
      error: latest.error,
      exitCode: latest.exitCode,
    },
  )
}

/** Of the service as it is now: what failed before its image was changed is history. */
function failuresOf({ live, tasks, why }: Slot, now: number): readonly Task[] {
  const [newest] = tasks
  const present = live ?? newest
  if (present === undefined) return []
  const failures = tasks.filter(
    task =>
      isFailure(task) &&
      task.state !== 'orphaned' &&
      task.image === present.image &&
      task.forceUpdate === present.forceUpdate,
  )
  if (why?.kind === 'failing' && why.times >= LOOP_TIMES && (now - why.since) / why.times <= SLOWEST_LOOP_MS) {
    return failures.filter(isLike(failures[0]))
  }
  const latest = Math.max(...failures.map(({ stateAt }) => stateAt))
  return now - latest > LOOP_LATEST_MS ? [] : failures.filter(({ stateAt }) => now - stateAt <= LOOP_WITHIN_MS)
}

const isLike = (latest: Task | undefined) => (task: Task) =>
  latest !== undefined && failureKey(asSeen(task)) === failureKey(asSeen(latest))

/** Fewer run than should, for a reason that nothing above tells. */
function findShort(service: ClusterService, cluster: Cluster): readonly Found[] {
  const now = cluster.snapshot.takenAt
  const { isShort, running, desired } = service
  if (!isShort || (running > 0 && !service.slots.some(slot => isLasting(slot, now)))) return []
  const isOfJob = isJob(service.service)
  return [
    {
      id: `short ${service.service.id}`,
      kind: 'short',
      severity: gravity(service),
      subjects: [ofService(service)],
      running,
      desired,
      isJob: isOfJob,
      cause: causeOf(service.slots, cluster),
    },
  ]
}

/** A task that has ended is away for a moment before another one runs. */
function isLasting({ why }: Slot, now: number): boolean {
  if (why === null) return false
  return why.kind === 'no-task' || why.kind === 'on-down-node' || now - why.since >= SHORT_FOR_MS
}

const SHORT_FOR_MS = 30_000

function findPaused(service: ClusterService): readonly Found[] {
  const { id, update } = service.service
  if (update?.state !== 'paused' && update?.state !== 'rollback_paused') return []
  return [
    {
      id: `update-paused ${id}`,
      kind: 'update-paused',
      severity: 'degraded',
      subjects: [ofService(service)],
      isRollback: update.state === 'rollback_paused',
      message: update.message,
    },
  ]
}
