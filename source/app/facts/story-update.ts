import { assertNever } from '../../rules/assert-never.ts'
import { updateWords } from '../../swarm/cli-words.ts'
import { nameTask } from '../../swarm/name-task.ts'
import type { Service, ServiceUpdate } from '../../swarm/service.ts'
import { type Fact, type PieceWeight, piece } from './fact.ts'
import type { StoryOf } from './story.ts'

/**
 * How an update of the service bears upon its slots.
 * Source: moby/swarmkit manager/orchestrator/update/updater.go
 */
export function updateFacts({ service: { service }, cluster }: StoryOf): readonly Fact[] {
  const { update } = service
  if (update === null || update.state === 'completed' || update.state === 'rollback_completed') return []
  const message = update.message.replace(TASK_ID, id => {
    const task = cluster.snapshot.tasks.find(other => other.id === id)
    return task === undefined ? id : `${id} (${nameTask(task, cluster)})`
  })
  return [
    {
      id: 'update',
      label: 'update',
      pieces: [
        piece(updateWords(update), weightOf(update)),
        piece(message === '' ? '' : `: ${message}`),
        piece(`; ${consequence(update, service)}`, 'quiet'),
      ],
      opens: { kind: 'service', serviceId: service.id },
    },
  ]
}

const TASK_ID = /\b[0-9a-z]{25}\b/g

const weightOf = ({ state }: ServiceUpdate): PieceWeight =>
  state === 'paused' || state === 'rollback_paused' ? 'danger' : 'warning'

function consequence({ state }: ServiceUpdate, { updateOrder }: Service): string {
  switch (state) {
    case 'updating':
      return updateOrder === 'start-first'
        ? 'each new task starts before the old one stops, and needs room beside it'
        : 'each old task stops before its new one starts'
    case 'paused':
    case 'rollback_paused':
      return 'the slots that are left stay as they are; any change of the service lets it go on, a roll back goes the other way'
    case 'rollback_started':
      return 'its tasks are made from the spec before again'
    case 'completed':
    case 'rollback_completed':
      return 'nothing is left to do'
    default:
      return assertNever(state)
  }
}
