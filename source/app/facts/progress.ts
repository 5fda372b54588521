import { spanWords } from '../../rules/amounts.ts'
import { capitalise } from '../../rules/capitalise.ts'
import { counted } from '../../rules/counted.ts'
import { humanDuration } from '../../rules/duration.ts'
import { shortAge } from '../../rules/short-age.ts'
import { stateRank } from '../../rules/task-state.ts'
import { updateWords } from '../../swarm/cli-words.ts'
import type { Cluster, ClusterService, Slot } from '../../swarm/cluster.ts'
import { explainExit } from '../../swarm/explain-exit.ts'
import { explainWhy } from '../../swarm/explain-why.ts'
import { nameNode, nameTask } from '../../swarm/name-task.ts'
import type { Service, ServiceUpdate } from '../../swarm/service.ts'
import { isJob } from '../../swarm/service-mode.ts'
import type { UpdateSettings } from '../../swarm/service-settings.ts'
import type { Task } from '../../swarm/task.ts'
import { failuresOfUpdate, isUpdating, type SlotProgress, slotsOfUpdate } from '../../swarm/update-progress.ts'
import { keepLastBy } from '../rows/keep-by.ts'
import { shownService } from '../shown-service.ts'
import type { State } from '../state.ts'
import { swarmNow } from '../swarm-clock.ts'
import { bar, type Fact, type FactLine, fact, factList, heading, type Piece, type PieceWeight, piece } from './fact.ts'

/** The page about how far an update, a rollback or a job is, slot by slot. */
export function progressFacts(state: State): readonly Fact[] {
  const service = shownService(state)
  const cluster = state.reading?.cluster
  if (service === null || cluster === undefined) return []
  return factsOf(service, cluster, Math.floor(swarmNow(state) / 1000) * 1000)
}

const factsOf = keepLastBy((entry: ClusterService, cluster: Cluster, now: number): readonly Fact[] => {
  if (isJob(entry.service)) return jobFacts(entry, cluster, now)
  return isUpdating(entry.service) ? updateFacts(entry, cluster, now) : restFacts(entry, cluster, now)
})

/** An update or a rollback that is under way or stands still. */
function updateFacts(entry: ClusterService, cluster: Cluster, now: number): readonly Fact[] {
  const { service } = entry
  const { update } = service
  if (update === null) return []
  const settings = settingsOf(service, update)
  const slots = slotsOfUpdate(entry)
  const renewed = slots.filter(({ stage }) => stage === 'new').length
  const isPaused = update.state === 'paused' || update.state === 'rollback_paused'
  return [
    heading(capitalise(updateWords(update)), piece(`  ${renewed} of ${counted(slots.length, 'slot')} renewed`)),
    fact(
      'whole',
      bar(slots.length === 0 ? 1 : renewed / slots.length, isPaused ? 'danger' : 'good'),
      piece(countStages(slots)),
    ),
    ...(update.message === '' ? [] : [fact('message', piece(update.message, isPaused ? 'danger' : 'plain'))]),
    ...(update.startedAt === null ? [] : [fact('began', piece(`${humanDuration(now - update.startedAt)} ago`))]),
    fact('pace', piece(sayPace(settings))),
    ...(isPaused ? pausedFacts(entry, update, cluster) : [fact('left', piece(sayLeft(slots, settings, update, now)))]),
    ...failureFacts(failuresOfUpdate(entry), cluster, now),
    heading('Slot by slot'),
    ...slots.map(slot => slotFact(slot, entry, cluster, now)),
  ]
}

/** Which of the two configs counts. Source: moby/swarmkit manager/orchestrator/update/updater.go (Run) */
const settingsOf = ({ settings }: Service, { state }: ServiceUpdate): UpdateSettings =>
  state.startsWith('rollback') ? settings.rollbackConfig : settings.updateConfig

function countStages(slots: readonly SlotProgress[]): string {
  const counts = Map.groupBy(slots, ({ stage }) => stage)
  return (['new', 'starting', 'failed', 'waiting', 'old'] as const)
    .flatMap(stage => (counts.has(stage) ? [`${counts.get(stage)?.length} ${STAGE_WORDS[stage]}`] : []))
    .join(', ')
}

const STAGE_WORDS: Readonly<Record<SlotProgress['stage'], string>> = {
  new: 'new',
  starting: 'starting',
  failed: 'failed',
  waiting: 'without a task',
  old: 'still old',
}

function sayPace({ parallelism, delayMs, monitorMs, order }: UpdateSettings): string {
  const atOnce = parallelism === 0 ? 'all at once' : `${parallelism} at a time`
  const delay = delayMs === 0 ? '' : `, ${spanWords(delayMs)} after each`
  return `${atOnce}${delay}, ${order}, watched for ${spanWords(monitorMs)}`
}

/**
 * After the last slot the updater watches for failures for as long as it monitors, or for the delay and a second where
 * that is longer.
 */
function sayLeft(
  slots: readonly SlotProgress[],
  { parallelism, delayMs, monitorMs }: UpdateSettings,
  { startedAt }: ServiceUpdate,
  now: number,
): string {
  const watch = spanWords(delayMs >= monitorMs ? delayMs + 1000 : monitorMs)
  const left = slots.filter(({ stage }) => stage !== 'new').length
  if (left === 0) return `every slot is renewed; it is complete after ${watch} without a failure`
  const renewed = slots.length - left
  const isSteady = parallelism > 0 && renewed > 0 && slots.every(({ stage }) => stage !== 'failed')
  const perSlot = startedAt === null || !isSteady ? null : (now - startedAt) / renewed
  const estimate = perSlot === null ? '' : `, about ${shortAge(perSlot * left)} at this pace`
  return `${counted(left, 'slot')} to go${estimate}; then ${watch} without a failure`
}

/** The message names the task alone; what happened to it is still in its slot, unless Swarm has forgotten it. */
function pausedFacts(entry: ClusterService, update: ServiceUpdate, cluster: Cluster): readonly Fact[] {
  const culprit = entry.slots.flatMap(({ tasks }) => tasks).find(({ id }) => id !== '' && update.message.includes(id))
  const { name } = entry.service
  return [
    ...(culprit === undefined
      ? []
      : [fact('because', piece(`${nameTask(culprit, cluster)} ${sayFailure(culprit, cluster)}`, 'danger'))]),
    ...factList('what helps', [
      {
        name: 'update',
        pieces: [piece('mend the cause and update again: the next update begins where this one stands')],
      },
      ...(entry.service.hasPrevious
        ? [{ name: 'rollback', pieces: [piece(`or go back: docker service rollback ${name}`)] }]
        : []),
      { name: 'force', pieces: [piece(`or, if the cause is gone: docker service update --force ${name}`)] },
    ]),
  ]
}

/** Equal ends are one line: how many, where, since when. */
function failureFacts(failures: readonly Task[], cluster: Cluster, now: number): readonly Fact[] {
  const groups = [...Map.groupBy(failures, task => sayEnd(task)).values()]
  const lines = groups.slice(0, MOST_FAILURES).map((tasks): FactLine => {
    const [newest] = tasks
    if (newest === undefined) return { name: '', pieces: [] }
    const nodes = [...new Set(tasks.map(({ nodeId }) => nameNode(nodeId, cluster)))].filter(Boolean)
    const where =
      nodes.length === 0 ? '' : ` on ${nodes.slice(0, MOST_NODES).join(', ')}${nodes.length > MOST_NODES ? ' …' : ''}`
    return {
      name: sayEnd(newest),
      pieces: [
        piece(tasks.length === 1 ? '' : `${tasks.length} × `, 'strong'),
        piece(sayEnd(newest), 'danger'),
        piece(`${where}, ${tasks.length === 1 ? '' : 'last '}${humanDuration(now - newest.stateAt)} ago`, 'quiet'),
      ],
    }
  })
  return factList('failed', lines)
}

const MOST_FAILURES = 5
const MOST_NODES = 4

function sayEnd({ state, error, exitCode }: Task): string {
  return [error || (exitCode === null ? state : `exit code ${exitCode}`), explainExit(exitCode, error)]
    .filter(Boolean)
    .join(', ')
}

const sayFailure = (task: Task, cluster: Cluster): string =>
  `${task.state}${task.nodeId === '' ? '' : ` on ${nameNode(task.nodeId, cluster)}`}: ${sayEnd(task)}`

/** A bar a slot, as full as its new task has come: as the docker CLI draws it, which stops at twenty of them. */
function slotFact(progress: SlotProgress, entry: ClusterService, cluster: Cluster, now: number): Fact {
  const weight = STAGE_WEIGHTS[progress.stage]
  return aboutSlot(progress.slot, entry, () => [
    bar(shareOf(progress), weight),
    piece(saySlot(progress, cluster, now), weight),
  ])
}

/** There may be thousands of them and a screen shows a few: a slot is put into words when it is looked at. */
function aboutSlot({ key, name }: Slot, { service }: ClusterService, say: () => readonly Piece[]): Fact {
  return {
    id: `slot ${key}`,
    label: name,
    opens: { kind: 'slot', serviceId: service.id, slot: key },
    get pieces() {
      return say()
    },
  }
}

const STAGE_WEIGHTS: Readonly<Record<SlotProgress['stage'], PieceWeight>> = {
  new: 'good',
  starting: 'warning',
  failed: 'danger',
  waiting: 'warning',
  old: 'quiet',
}

/** Source: docker/cli cli/command/service/progress/progress.go (numberedStates) */
function shareOf(progress: SlotProgress): number {
  if (progress.stage === 'new') return 1
  return progress.stage === 'starting' ? (stateRank(progress.task.state) + 1) / (stateRank('running') + 1) : 0
}

function saySlot(progress: SlotProgress, cluster: Cluster, now: number): string {
  const { slot } = progress
  if (progress.stage === 'waiting') return slot.why === null ? 'no task' : sayWhy(slot, cluster, now)
  const { task } = progress
  const where = task.nodeId === '' ? '' : ` on ${nameNode(task.nodeId, cluster)}`
  const age = humanDuration(now - task.stateAt)
  switch (progress.stage) {
    case 'new':
      return `running${where} for ${age}`
    case 'starting':
      return `${task.state}${where} for ${age}${task.error === '' ? '' : `: ${task.error}`}`
    case 'failed':
      return sayFailure(task, cluster)
    case 'old':
      return slot.isRunning ? `old, running${where}` : `old, ${task.state}${where}`
  }
}

const sayWhy = (slot: Slot, cluster: Cluster, now: number): string =>
  slot.why === null ? '' : explainWhy(slot.why, id => nameNode(id, cluster), now)

/** A service that is not updated: how its last update ended, and what of it does not run. */
function restFacts(entry: ClusterService, cluster: Cluster, now: number): readonly Fact[] {
  const { running, desired, service } = entry
  const isWhole = running >= desired
  return [
    heading(isWhole ? 'At rest' : 'Not all of it runs', piece('  no update is under way', 'quiet')),
    fact(
      'running',
      bar(desired === 0 ? 1 : running / desired, isWhole ? 'good' : running === 0 ? 'danger' : 'warning'),
      piece(`${running} of ${desired}`),
    ),
    fact('last update', ...lastUpdate(service, now)),
    ...(service.update === null || service.update.message === ''
      ? []
      : [fact('message', piece(service.update.message))]),
    ...missingFacts(entry, cluster, now),
  ]
}

function lastUpdate({ update, hasPrevious }: Service, now: number) {
  if (update === null) return [piece(hasPrevious ? 'none since its last change' : 'never updated', 'quiet')]
  const { startedAt, completedAt } = update
  const ended = completedAt === null ? '' : ` ${humanDuration(now - completedAt)} ago`
  const took = completedAt === null || startedAt === null ? '' : `, took ${shortAge(completedAt - startedAt)}`
  const weight = update.state === 'completed' ? 'good' : 'warning'
  return [piece(updateWords(update), weight), piece(`${ended}${took}`)]
}

function missingFacts(entry: ClusterService, cluster: Cluster, now: number): readonly Fact[] {
  const missing = entry.slots.filter(({ why }) => why !== null)
  if (missing.length === 0) return []
  return [
    heading('What does not run'),
    ...missing.map(slot => aboutSlot(slot, entry, () => [piece(sayWhy(slot, cluster, now), 'warning')])),
  ]
}

/** A job counts what it has done; Swarm keeps of each of its places the tasks of this iteration and some before. */
function jobFacts(entry: ClusterService, cluster: Cluster, now: number): readonly Fact[] {
  const { service, slots, desired } = entry
  const tasks = slots.flatMap(slot => slot.tasks).filter(task => task.jobIteration === service.jobIteration)
  const failed = tasks.filter(({ state }) => state === 'failed' || state === 'rejected')
  const completed = Math.max(service.status?.completed ?? 0, tasks.filter(({ state }) => state === 'complete').length)
  const running = tasks.filter(({ state }) => state === 'running').length
  const isDone = completed >= desired
  const atOnce = service.mode.kind === 'replicated-job' ? `, ${service.mode.maxConcurrent} at a time` : ''
  return [
    heading(
      isDone ? 'Completed' : running > 0 ? 'Running' : 'Not done',
      piece(service.jobIteration === 0 ? '' : `  run ${service.jobIteration + 1}`, 'quiet'),
    ),
    fact('completed', bar(desired === 0 ? 1 : completed / desired, 'good'), piece(`${completed} of ${desired}`)),
    fact('running', piece(`${running}${atOnce}`)),
    ...(isDone ? [] : [fact('left', piece(`${desired - completed} to be completed`))]),
    fact('failed attempts', piece(String(failed.length), failed.length === 0 ? 'plain' : 'warning')),
    ...failureFacts(
      failed.toSorted((one, other) => other.stateAt - one.stateAt),
      cluster,
      now,
    ),
    heading('Place by place'),
    ...slots.map(slot => placeFact(slot, entry, cluster, now)),
  ]
}

function placeFact(slot: Slot, entry: ClusterService, cluster: Cluster, now: number): Fact {
  return aboutSlot(slot, entry, () => {
    const task = slot.live ?? slot.tasks[0]
    const isDone = task?.state === 'complete' && task.jobIteration === entry.service.jobIteration
    const weight: PieceWeight = isDone ? 'good' : slot.why === null ? 'plain' : 'warning'
    return [bar(isDone ? 1 : slot.isRunning ? 0.5 : 0, weight), piece(sayPlace(slot, task, cluster, now), weight)]
  })
}

function sayPlace(slot: Slot, task: Task | undefined, cluster: Cluster, now: number): string {
  if (slot.why !== null) return sayWhy(slot, cluster, now)
  if (task === undefined) return 'no task'
  const where = task.nodeId === '' ? '' : ` on ${nameNode(task.nodeId, cluster)}`
  return `${task.state}${where} ${humanDuration(now - task.stateAt)} ago`
}
