import { Box } from 'ink'
import { currentView } from '../../app/rows.ts'
import type { State } from '../../app/state.ts'
import { swarmNow } from '../../app/swarm-clock.ts'
import { humanDuration } from '../../rules/duration.ts'
import type { ClusterService } from '../../swarm/cluster.ts'
import { imageWords, labelWords, modeWords, replicasWords, servicePortWords, updateWords } from '../cli-words.ts'
import { type Area, layoutDetail } from '../layout.ts'
import { Panel } from '../panel.tsx'
import { SlotsPanel } from '../panels/slots-panel.tsx'
import { TasksPanel } from '../panels/tasks-panel.tsx'
import { joinRows, type Row, span } from '../row.ts'
import { DANGER, glyphsOf, type Looks, PLAIN, QUIET, STRONG, titleLook, updateLook, WARNING } from '../theme.ts'
import { updateProgress } from '../update-progress.ts'
import { Gone } from './gone.tsx'

type Props = { readonly state: State; readonly serviceId: string; readonly body: Area; readonly looks: Looks }

/** One service: what it is, its slots through time, and its tasks as `docker service ps` lists them. */
export function ServiceScreen({ state, serviceId, body, looks }: Props) {
  const entry = state.reading?.cluster.serviceById.get(serviceId)
  if (entry === undefined) return <Gone noun="service" body={body} looks={looks} />
  const { facts, slots, tasks } = layoutDetail(body, currentView(state).focus, entry.slots.length)
  const taskCount = entry.slots.reduce((sum, slot) => sum + slot.tasks.length, 0)
  return (
    <Box flexDirection="column">
      <Panel
        area={facts}
        title={[span(`Service ${entry.service.name}`, titleLook(false))]}
        rows={factRows(entry, swarmNow(state), looks)}
        looks={looks}
      />
      {slots !== null && <SlotsPanel state={state} area={slots} looks={looks} />}
      {tasks !== null && <TasksPanel state={state} area={tasks} looks={looks} all={taskCount} />}
    </Box>
  )
}

function factRows(entry: ClusterService, now: number, looks: Looks): readonly Row[] {
  const { service, running, desired, isShort } = entry
  const between = span(` ${glyphsOf(looks).separator} `, QUIET)
  const ports = servicePortWords(service)
  const labels = labelWords(service.labels)
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
