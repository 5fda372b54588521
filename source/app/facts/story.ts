import type { Cluster, ClusterService, Slot, Why } from '../../swarm/cluster.ts'
import { explainWhy } from '../../swarm/explain-why.ts'
import { nameNode } from '../../swarm/name-task.ts'
import type { SeenTask } from '../../swarm/seen-task.ts'
import { isJob } from '../../swarm/service-mode.ts'
import { isFailure } from '../../swarm/task-life.ts'
import { slotUrgency } from '../../swarm/urgency.ts'
import { currentView } from '../current-view.ts'
import { shownService } from '../shown-service.ts'
import { tasksOfSlot } from '../slot-tasks.ts'
import type { State } from '../state.ts'
import { swarmNow } from '../swarm-clock.ts'
import { type Fact, piece } from './fact.ts'
import { failureFacts, goodEndFacts } from './story-failures.ts'
import { nextFacts } from './story-next.ts'
import { placementFacts } from './story-placement.ts'
import { updateFacts } from './story-update.ts'

/** A slot, and all that its story is told from. `now` by the swarm's clock. */
export type StoryOf = {
  readonly service: ClusterService
  readonly slot: Slot
  /** Newest first. */
  readonly tasks: readonly SeenTask[]
  readonly cluster: Cluster
  readonly now: number
}

/** The page about why a slot is as it is: what is wanted, what is in the way, what failed, what comes next. */
export function storyFacts(state: State): readonly Fact[] {
  const { screen } = currentView(state)
  const service = shownService(state)
  const cluster = state.reading?.cluster
  if (screen.kind !== 'slot' || service === null || cluster === undefined) return NONE
  const slot = service.slots.find(({ key }) => key === screen.slot)
  const tasks = tasksOfSlot(state, service, screen.slot)
  // Told to the second: what is drawn and what is moved in are the same rows.
  const now = Math.floor(swarmNow(state) / 1000) * 1000
  const known = STORIES.get(service)
  if (known?.slot === screen.slot && known.tasks === tasks && known.now === now) return known.facts
  const facts =
    slot === undefined ? [goneFact(service, tasks.length)] : tellStory({ service, slot, tasks, cluster, now })
  STORIES.set(service, { slot: screen.slot, tasks, now, facts })
  return facts
}

const NONE: readonly Fact[] = []

type Told = {
  readonly slot: string
  readonly tasks: readonly SeenTask[]
  readonly now: number
  readonly facts: readonly Fact[]
}

/** By the service as it was read: the latest story that was told of it. */
const STORIES = new WeakMap<ClusterService, Told>()

/** The story of one slot, the most important first. */
export function tellStory(story: StoryOf): readonly Fact[] {
  return [
    standingFact(story),
    ...placementFacts(story),
    ...failureFacts(story),
    ...goodEndFacts(story),
    ...nextFacts(story),
    ...updateFacts(story),
    countFact(story),
  ]
}

function standingFact(story: StoryOf): Fact {
  const { service, slot, cluster, now } = story
  const nodeName = (id: string) => (id === '' ? 'no node' : nameNode(id, cluster))
  const { why, live } = slot
  const nodeId = live?.nodeId || (why !== null && 'nodeId' in why ? why.nodeId : '')
  const opens = nodeId !== '' && cluster.nodeById.has(nodeId) ? { opens: { kind: 'node', nodeId } as const } : {}
  if (why !== null) {
    const weight = slotUrgency(slot) > 2 ? 'danger' : 'warning'
    return {
      id: 'now',
      label: 'now',
      pieces: [
        piece(`${slot.name} should run and does not: `, 'strong'),
        piece(troubleWords(why, nodeName, now), weight),
      ],
      ...opens,
    }
  }
  if (live?.state === 'complete') {
    return {
      id: 'now',
      label: 'now',
      pieces: [piece(`${slot.name} has done its work on ${nodeName(live.nodeId)}`, 'good')],
      ...opens,
    }
  }
  const text = slot.isRunning
    ? `${slot.name} runs ${isShaky(story) ? 'at the moment' : 'as it should'}, on ${nodeName(live?.nodeId ?? '')}`
    : `Nothing is wanted of ${slot.name}: ${service.service.name} needs no more than it has`
  return {
    id: 'now',
    label: 'now',
    pieces: [piece(text, slot.isRunning && !isShaky(story) ? 'good' : 'quiet')],
    ...opens,
  }
}

/** One that has just failed may be between two failures of a crash loop. */
const isShaky = ({ tasks, now }: StoryOf): boolean =>
  tasks.some(({ task }) => isFailure(task) && now - task.stateAt < JUST_MS)

const JUST_MS = 300_000

/** What failed, how often and where is told below. */
function troubleWords(why: Why, nodeName: (id: string) => string, now: number): string {
  if (why.kind !== 'failing') return explainWhy(why, nodeName, now)
  return why.times === 1 ? 'it has failed' : 'it fails again and again'
}

function goneFact({ service }: ClusterService, tasks: number): Fact {
  const text = tasks === 0 ? `${service.name} has no such slot` : `${service.name} has this slot no more`
  return { id: 'now', label: 'now', pieces: [piece(text, 'quiet')] }
}

/** How the service does as a whole, and where its other slots have the same trouble. */
function countFact({ service, slot }: StoryOf): Fact {
  const { running, desired, slots, shown } = service
  const others = slots.filter(other => other !== slot && other.why !== null && other.why.kind === slot.why?.kind)
  const named = others
    .slice(0, MOST_NAMED)
    .map(({ name }) => name)
    .join(', ')
  const more = others.length > MOST_NAMED ? ` and ${others.length - MOST_NAMED} more` : ''
  return {
    id: 'service',
    label: 'service',
    pieces: [
      isJob(service.service)
        ? piece(`${shown.completed} of ${desired} completed`)
        : piece(`${running} of ${desired} run`, running < desired ? 'warning' : 'plain'),
      ...(others.length === 0 ? [] : [piece(`; the same in ${named}${more}`, 'quiet')]),
    ],
    opens: { kind: 'lanes', serviceId: service.service.id },
  }
}

const MOST_NAMED = 6
