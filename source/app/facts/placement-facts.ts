import { counted } from '../../rules/counted.ts'
import type { Cluster, ClusterNode, ClusterService } from '../../swarm/cluster.ts'
import { explainPlacement } from '../../swarm/find-eligible.ts'
import { type Fact, type FactLine, fact, factList, heading, piece } from './fact.ts'

/** Where a service's tasks may run: its constraints with the nodes that meet each, and all of them together. */
export function placementFacts({ service }: ClusterService, { nodes }: Cluster): readonly Fact[] {
  const { maxReplicasPerNode, settings } = service
  return [
    heading('Placement'),
    ...(service.constraints.length === 0
      ? [fact('constraints', piece('none: any node will do', 'quiet'))]
      : constraintFacts(service, nodes)),
    ...factList(
      'spread over',
      settings.spreads.map(name => ({ name, pieces: [piece(name)] })),
    ),
    ...(maxReplicasPerNode === 0 ? [] : [fact('at most', piece(`${maxReplicasPerNode} on each node`))]),
    ...(settings.platforms.length === 0
      ? []
      : [
          fact(
            'platforms',
            piece(settings.platforms.map(({ os, architecture }) => `${os}/${architecture}`).join(', ')),
          ),
        ]),
  ]
}

function constraintFacts(service: ClusterService['service'], nodes: readonly ClusterNode[]): readonly Fact[] {
  const { constraints, error, open, closed } = explainPlacement(service, nodes)
  if (error !== null) {
    return [
      ...factList('constraints', service.constraints.map(linePlain)),
      fact('nodes', piece(`none: ${error}`, 'danger')),
    ]
  }
  const lines = constraints.map(
    ({ text, met, missed }, index): FactLine => ({
      name: String(index),
      pieces: [
        piece(text, 'strong'),
        piece(`  ${met.length} of ${counted(nodes.length, 'node')}`, met.length === 0 ? 'danger' : 'plain'),
        piece(sayNodes(met, missed), 'quiet'),
      ],
    }),
  )
  const all = open.length + closed.length
  return [
    ...factList('constraints', lines),
    fact(
      'nodes',
      piece(`${open.length} of ${counted(nodes.length, 'node')}`, open.length === 0 ? 'danger' : 'good'),
      piece(open.length === 0 ? '' : `: ${nameSome(open)}`),
      piece(all === 0 ? ' meets all of these' : ''),
    ),
    ...factList('but', [...Map.groupBy(closed, stateOf)].map(sayClosed)),
  ]
}

const linePlain = (text: string, index: number): FactLine => ({ name: String(index), pieces: [piece(text)] })

/** The shorter of the two lists tells the same, and is read faster. */
function sayNodes(met: readonly ClusterNode[], missed: readonly ClusterNode[]): string {
  if (met.length === 0) return ''
  if (missed.length === 0) return ': all of them'
  return `: ${nameSome(met)}; not ${nameSome(missed)}`
}

/** Of many nodes the first tell what they are. */
function nameSome(nodes: readonly ClusterNode[]): string {
  const names = nodes.slice(0, MOST_NAMES).map(({ name }) => name)
  return nodes.length > MOST_NAMES ? `${names.join(', ')} and ${nodes.length - MOST_NAMES} more` : names.join(', ')
}

const MOST_NAMES = 8

function stateOf({ node }: ClusterNode): string {
  if (node.state === 'down') return 'down'
  return node.availability === 'drain' ? 'drained' : 'paused'
}

const sayClosed = ([state, nodes]: readonly [string, readonly ClusterNode[]]): FactLine => ({
  name: state,
  pieces: [piece(`${nameSome(nodes)} ${nodes.length === 1 ? 'is' : 'are'} ${state}`, 'warning')],
})
