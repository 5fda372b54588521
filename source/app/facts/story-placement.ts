import { explainObstacle, findObstacles } from '../../swarm/find-obstacles.ts'
import { type Fact, piece } from './fact.ts'
import type { StoryOf } from './story.ts'

/**
 * Why no node takes the task: the scheduler says how many nodes it blames for what, this says which and by how much.
 * Source: moby/swarmkit manager/scheduler/scheduler.go (noSuitableNode)
 */
export function placementFacts({ service, slot, cluster }: StoryOf): readonly Fact[] {
  const { why, live } = slot
  if (why?.kind !== 'pending' || why.error === '') return []
  const found = findObstacles(service.service, live, cluster)
  const groups = Map.groupBy(found, ({ obstacle }) => (obstacle === null ? '' : explainObstacle(obstacle)))
  return [...groups].map(([text, members]) => {
    const names = members.slice(0, MOST_NAMED).map(({ node }) => node.name)
    const more = members.length > MOST_NAMED ? ` and ${members.length - MOST_NAMED} more` : ''
    const [first] = members
    return {
      id: `nodes-${text}`,
      label: text === '' ? 'fits' : 'in the way',
      pieces:
        text === ''
          ? [
              piece(`${names.join(', ')}${more}`, 'strong'),
              piece(
                ' as far as the API tells; plugins, cluster volumes and generic resources it does not tell of',
                'quiet',
              ),
            ]
          : [piece(`${names.join(', ')}${more}`, 'strong'), piece(`: ${text}`, 'warning')],
      ...(first === undefined ? {} : { opens: { kind: 'node', nodeId: first.node.node.id } as const }),
    }
  })
}

const MOST_NAMED = 8
