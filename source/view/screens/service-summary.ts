import { humanDuration } from '../../rules/duration.ts'
import {
  imageWords,
  labelWords,
  modeWords,
  replicasWords,
  servicePortWords,
  updateWords,
} from '../../swarm/cli-words.ts'
import type { ClusterService } from '../../swarm/cluster.ts'
import { STACK_LABEL, stackOf } from '../../swarm/stack.ts'
import { updateProgress } from '../../swarm/update-progress.ts'
import { joinRows, type Row, span } from '../row.ts'
import { DANGER, glyphsOf, type Looks, PLAIN, QUIET, STRONG, updateLook, WARNING } from '../theme.ts'

/** What a service is and how it does, in three rows. `now` by the swarm's clock. */
export function serviceSummary(entry: ClusterService, now: number, looks: Looks): readonly Row[] {
  const { service, running, desired, isShort } = entry
  const between = span(` ${glyphsOf(looks).separator} `, QUIET)
  const ports = servicePortWords(service)
  const stack = stackOf(service)
  const { [STACK_LABEL]: _, ...others } = service.labels
  const labels = labelWords(others)
  const standing: readonly Row[] = [
    [span(`${modeWords(service)} ${replicasWords(entry)}`, STRONG)],
    ...(isShort ? [[span(`${running} of ${desired} run`, running === 0 ? DANGER : WARNING)]] : []),
    [span(imageWords(service.image))],
    ...(ports === '' ? [] : [[span(ports)]]),
  ]
  const placing: readonly Row[] = [
    ...(service.constraints.length === 0 ? [] : [[span(service.constraints.join(', '))]]),
    [span(`restart ${service.restartCondition}`)],
    [span(`update ${service.updateOrder}`)],
    ...(stack === '' ? [] : [[span(`stack ${stack}`)]]),
    ...(labels === '' ? [] : [[span(labels, QUIET)]]),
  ]
  return [joinRows(standing, between), updateRow(entry, now), joinRows(placing, between)]
}

/** As `docker service inspect --pretty` tells it: the state, since when, and what Swarm says of it. */
function updateRow(entry: ClusterService, now: number): Row {
  const { update, hasPrevious } = entry.service
  if (update === null) return [span(hasPrevious ? 'no update since its last change' : 'never updated', QUIET)]
  const progress = updateProgress(entry)
  const counts = progress === null ? '' : ` ${progress.renewed}/${progress.total}`
  const when = update.completedAt ?? update.startedAt
  const age = when === null ? '' : ` ${humanDuration(now - when)} ago`
  return [
    span(`${updateWords(update)}${counts}`, updateLook(update.state)),
    span(update.completedAt === null && when !== null ? `, began${age}` : age, QUIET),
    span(update.message === '' ? '' : `: ${update.message}`, PLAIN),
  ]
}
