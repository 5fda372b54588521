import { assertNever } from '../rules/assert-never.ts'
import { repositoryOf } from '../rules/image-repository.ts'
import type { Cluster, ClusterService } from '../swarm/cluster.ts'
import { diffSpecs, type SettingChange } from '../swarm/diff-specs.ts'
import { MASK } from '../swarm/masking.ts'
import type { Service } from '../swarm/service.ts'
import { isJob } from '../swarm/service-mode.ts'
import { danger, info, warning } from './consequence.ts'
import { explainJob, explainUpdateUnderWay, renewalConsequences } from './force-update-consequences.ts'
import type { Consequence, OperationOf } from './operation.ts'
import { sayFailure } from './say-failure.ts'

/** Where the tasks go that come, and which ones go, is the plan's. */
export function scaleConsequences({ replicas }: OperationOf<'scale'>, entry: ClusterService): readonly Consequence[] {
  const { mode, name, update } = entry.service
  if (mode.kind === 'replicated-job') {
    return [
      info(`from ${mode.totalCompletions} to ${replicas} completions`),
      ...explainJob(entry, `${replicas} completions`),
    ]
  }
  return [
    info(`from ${mode.kind === 'replicated' ? mode.replicas : entry.desired} to ${replicas} replicas`),
    ...(replicas === 0 ? [danger(`nothing of ${name} runs any more`)] : []),
    ...(replicas === 1 ? [warning('one replica: whatever takes its node away takes the service down')] : []),
    ...explainUpdateUnderWay(update),
  ]
}

/** Source: docker/cli cli/command/service/update.go, which asks the registry for the digest unless `--no-resolve-image`. */
export function imageConsequences(
  { image }: OperationOf<'change-image'>,
  entry: ClusterService,
  cluster: Cluster,
): readonly Consequence[] {
  const { service } = entry
  return [
    info(`from ${service.image} to ${image}`),
    ...(repositoryOf(service.image) === repositoryOf(image)
      ? []
      : [warning(`another image, not only another tag: ${repositoryOf(service.image)} → ${repositoryOf(image)}`)]),
    ...renewalConsequences(entry, cluster),
    ...(isJob(service) ? [] : [info(`if a new task fails, ${sayFailureAction(service)}`)]),
    ...(image.includes('@')
      ? []
      : [info('no registry is asked for its digest: each node pulls what the tag means to it then')]),
  ]
}

function sayFailureAction({ settings }: Service): string {
  const { failureAction } = settings.updateConfig
  switch (failureAction) {
    case 'pause':
      return 'the update is paused'
    case 'continue':
      return 'the update goes on'
    case 'rollback':
      return 'it is rolled back'
    default:
      return assertNever(failureAction)
  }
}

/** Source: moby/swarmkit manager/controlapi/service.go (UpdateService, ROLLBACK_PREVIOUS): the whole spec goes back. */
export function rollBackConsequences({ service }: ClusterService): readonly Consequence[] {
  const changes = diffSpecs(service.specs.present, service.specs.previous).filter(
    ({ before, after }) => before !== after,
  )
  const shown = changes.slice(0, MOST_SETTINGS)
  return [
    ...shown.map(change => info(sayChange(change))),
    ...(changes.length > shown.length ? [info(`and ${changes.length - shown.length} more settings`)] : []),
    ...(changes.length === 0 ? [info('the settings before say the same: no task is renewed')] : []),
    info('what is there now becomes the settings before: rolled back once more, it comes back'),
    ...explainBrokenOff(service),
    ...(isJob(service) ? [danger(`${service.name} is a job and runs again from the beginning`)] : []),
  ]
}

/** What it does to an update that is not at its end. */
function explainBrokenOff({ update }: Service): readonly Consequence[] {
  if (update?.state === 'updating') return [warning('the update that is under way is broken off and taken back')]
  if (update?.state === 'rollback_started') return [warning('the rollback that is under way is broken off')]
  return update?.state === 'paused' ? [info(`the update that is paused is given up (${update.message})`)] : []
}

const MOST_SETTINGS = 8

/** `image: api:1.9 → api:1.8`. */
function sayChange({ path, before, after, isSecret }: SettingChange): string {
  if (before === null) return `${path}: comes back${after === '' || isSecret ? '' : ` (${after})`}`
  if (after === null) return `${path}: goes${before === '' || isSecret ? '' : ` (was ${before})`}`
  return isSecret ? `${path}: changes (${MASK})` : `${path}: ${before} → ${after}`
}

/** Source: moby/swarmkit manager/orchestrator/update/updater.go; any update clears the status that holds this one up. */
export function resumeConsequences(entry: ClusterService, cluster: Cluster): readonly Consequence[] {
  const { update } = entry.service
  return [
    ...(update === null ? [] : [warning(`it was paused: ${sayFailure(update, entry, cluster) ?? update.message}`)]),
    info('it goes on with the slots that are not renewed yet, and counts failures anew'),
    warning('a rollback afterwards leads to the settings of now, no longer to those before the update'),
  ]
}
