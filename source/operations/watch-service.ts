import { assertNever } from '../rules/assert-never.ts'
import type { Cluster, ClusterService } from '../swarm/cluster.ts'
import type { Service } from '../swarm/service.ts'
import type { Task } from '../swarm/task.ts'
import { areLabelsSet } from './label-change.ts'
import type { OperationOf, Progress, ServiceOperation } from './operation.ts'
import { converged, failed } from './progress.ts'
import { watchScale } from './watch-scale.ts'
import { watchUpdate } from './watch-update.ts'

/** What is known of an operation on a service that is watched, besides the operation itself. */
export type WatchedService = {
  readonly entry: ClusterService
  readonly after: Cluster
  /** The counter that a forced update has raised it to. */
  readonly forceUpdate: number
  readonly elapsedMs: number
  readonly previous: Progress | undefined
}

/** How far an operation on a service has come that shows in this reading. */
export function watchService(
  operation: Exclude<ServiceOperation, { kind: 'remove-service' }>,
  watched: WatchedService,
): Progress {
  const { entry, after, forceUpdate } = watched
  switch (operation.kind) {
    case 'force-update':
      return watchUpdate(entry, after, {
        isNew: task => task.forceUpdate >= forceUpdate,
        isRollback: false,
        hasBegun: true,
      })
    case 'scale':
      return watchScale(operation, watched)
    case 'change-image':
      return watchImage(operation, watched)
    case 'roll-back':
      return watchUpdate(entry, after, { isNew: isAsIn(entry.service), isRollback: true, hasBegun: hasBegun(watched) })
    case 'resume-update':
      return watchResumed(watched)
    case 'label-service':
      return areLabelsSet(operation, entry.service.labels)
        ? converged('the labels are as asked for')
        : failed('the labels were changed by someone else')
    default:
      return assertNever(operation)
  }
}

/**
 * The orchestrator may miss it: while it looks whether a paused update has to go on, which each event of a task makes it
 * do, it takes the same spec for what is under way already. Nothing happens then until the service is updated once more.
 * Source: moby/swarmkit manager/orchestrator/update/updater.go (Supervisor.Update)
 */
function watchResumed(watched: WatchedService): Progress {
  const { entry, after, elapsedMs } = watched
  const progress = watchUpdate(entry, after, {
    isNew: isAsIn(entry.service),
    isRollback: false,
    hasBegun: hasBegun(watched),
  })
  const isMissed = progress.kind === 'running' && entry.service.update === null && elapsedMs >= MISSED_AFTER_MS
  return isMissed ? failed(`the swarm does not go on with it (${progress.text}): a force update does`) : progress
}

const MISSED_AFTER_MS = 20_000

/** A rollback of its own shows the image of before: that is told first. */
function watchImage({ image }: OperationOf<'change-image'>, watched: WatchedService): Progress {
  const { entry, after } = watched
  const isTakenBack = entry.service.update?.state.startsWith('rollback') ?? false
  if (entry.service.image !== image && !isTakenBack) {
    return failed(`the image was changed to ${entry.service.image} by someone else`)
  }
  return watchUpdate(entry, after, {
    isNew: task => task.image === image,
    isRollback: false,
    hasBegun: hasBegun(watched),
  })
}

/** The API does not say of which spec a task is made; these are what tells of it. */
const isAsIn =
  ({ image, forceUpdate }: Service) =>
  (task: Task): boolean =>
    task.image === image && task.forceUpdate === forceUpdate

/** The orchestrator looks at a changed service at once, and writes what it begins in its next transaction. */
const hasBegun = ({ elapsedMs }: WatchedService): boolean => elapsedMs >= BEGINS_WITHIN_MS

const BEGINS_WITHIN_MS = 2_000
