import { shortAge } from '../../rules/short-age.ts'
import { imageWords } from '../../swarm/cli-words.ts'
import {
  cadenceWords,
  type FailureGroup,
  failureReason,
  groupFailures,
  groupGoodEnds,
  groupWords,
} from '../../swarm/group-failures.ts'
import { nameNode } from '../../swarm/name-task.ts'
import { isJob } from '../../swarm/service-mode.ts'
import { type Fact, piece } from './fact.ts'
import type { StoryOf } from './story.ts'

/** What failed in the slot, equal errors together; what went wrong long ago in a slot that runs is left out. */
export function failureFacts(story: StoryOf): readonly Fact[] {
  const { service, slot, tasks, cluster, now } = story
  const groups = groupFailures(tasks, cluster).filter(({ lastAt }) => slot.why !== null || now - lastAt < LATELY_MS)
  return groups.slice(0, MOST_GROUPS).flatMap((group, index) => {
    const cadence = cadenceWords(group)
    const weight = slot.why !== null && index === 0 ? 'danger' : 'warning'
    return [
      {
        id: `failed-${group.key}`,
        label: group.state,
        pieces: [
          piece(`${groupWords(group)}: `, 'strong'),
          piece(failureReason(group), weight),
          piece(`; last ${shortAge(now - group.lastAt)} ago`, 'quiet'),
          ...(cadence === '' ? [] : [piece(`, ${cadence}`, 'quiet')]),
        ],
        opens: { kind: 'lanes', serviceId: service.service.id } as const,
      },
      ...imageFacts(group, story),
    ]
  })
}

/**
 * A task that ends well is none that fails, and is started anew all the same. So end those, too, that a health check
 * stops before they ever counted as running, where the container heeds SIGTERM.
 */
export function goodEndFacts({ service, slot, tasks, cluster, now }: StoryOf): readonly Fact[] {
  const group = groupGoodEnds(tasks, cluster)
  if (group === null || slot.why === null || isJob(service.service)) return []
  const cadence = cadenceWords(group)
  return [
    {
      id: 'ended',
      label: 'ended',
      pieces: [
        piece(`${groupWords(group)}: `, 'strong'),
        piece('by itself and well, with exit code 0', 'warning'),
        piece(`; last ${shortAge(now - group.lastAt)} ago`, 'quiet'),
        ...(cadence === '' ? [] : [piece(`, ${cadence}`, 'quiet')]),
      ],
      opens: { kind: 'lanes', serviceId: service.service.id },
    },
    ...(service.service.settings.healthCheck === null
      ? []
      : [
          {
            id: 'ended-health',
            label: '',
            pieces: [
              piece('A health check that fails stops it too: docker inspect on its node has what the check said'),
            ],
          },
        ]),
  ]
}

const LATELY_MS = 3_600_000
const MOST_GROUPS = 3

/** Of an image that is not there: which it is, and what the tasks that run were made from, node by node. */
function imageFacts(group: FailureGroup, { service, cluster }: StoryOf): readonly Fact[] {
  if (group.state !== 'rejected' || !/no such image|pull|manifest|not found/i.test(group.error)) return []
  const running = service.slots.flatMap(({ live, isRunning }) => (isRunning && live !== null ? [live] : []))
  const byImage = [...Map.groupBy(running, ({ image }) => image)]
  const others = byImage.map(([image, tasks]) => {
    const nodes = [...new Set(tasks.map(({ nodeId }) => nameNode(nodeId, cluster)))]
    return `${tellImage(image, byImage.length > 1)} on ${nodes.slice(0, 4).join(', ')}`
  })
  return [
    {
      id: `image-${group.key}`,
      label: 'image',
      pieces: [
        piece(group.images.map(image => tellImage(image, group.images.length > 1)).join(', '), 'strong'),
        piece(others.length === 0 ? ' runs nowhere in this service' : `; what runs is ${others.join('; ')}`),
      ],
    },
  ]
}

/** Two of one tag are told apart by their digests. */
function tellImage(image: string, withDigest: boolean): string {
  const digest = /@sha256:([0-9a-f]{1,12})/.exec(image)?.[1]
  return withDigest && digest !== undefined ? `${imageWords(image)} (sha256:${digest})` : imageWords(image)
}
