import type { NodeSighting, State } from '../../app/state.ts'
import { observedNow } from '../../app/swarm-clock.ts'
import { coreWords, memoryWords } from '../../rules/amounts.ts'
import { capitalise } from '../../rules/capitalise.ts'
import { shortAge } from '../../rules/short-age.ts'
import { labelWords, managerWords } from '../../swarm/cli-words.ts'
import type { ClusterNode } from '../../swarm/cluster.ts'
import { joinRows, type Row, span } from '../row.ts'
import { availabilityLook, glyphsOf, type Looks, nodeStateLook, QUIET, STRONG } from '../theme.ts'

/** What a node is, in three rows. */
export function nodeSummary(entry: ClusterNode, state: State, looks: Looks): readonly Row[] {
  const { node } = entry
  const seen = state.sightings.nodes[node.id]
  const now = observedNow(state)
  const between = span(` ${glyphsOf(looks).separator} `, QUIET)
  const message = node.stateMessage === '' ? '' : ` (${node.stateMessage})`
  const manager = managerWords(node)
  const standing: readonly Row[] = [
    [
      span(`${capitalise(node.state)}${message}`, nodeStateLook(node.state)),
      span(sinceWords(seen, 'stateSince', now), QUIET),
    ],
    [
      span(capitalise(node.availability), availabilityLook(node.availability)),
      span(sinceWords(seen, 'availabilitySince', now), QUIET),
    ],
    [span(manager === '' ? node.role : `${node.role}, ${manager}`, STRONG)],
    [span(`${entry.running} running`)],
    [span(reservationWords(entry))],
  ]
  const machine: readonly Row[] = [
    [span(node.address)],
    [span(`Engine ${node.engineVersion}`)],
    [span(`${node.platform.os}/${node.platform.architecture}`)],
    [span(`${coreWords(node.capacity.nanoCpus)} CPU, ${memoryWords(node.capacity.memoryBytes)}`)],
    [span(node.id, QUIET)],
  ]
  const labels = labelWords(node.labels)
  return [
    joinRows(standing, between),
    joinRows(machine, between),
    [span('labels ', QUIET), span(labels === '' ? 'none' : labels)],
  ]
}

/** The API does not tell since when; we can say how long at least, since we have been looking. */
function sinceWords(seen: NodeSighting | undefined, since: 'stateSince' | 'availabilitySince', now: number): string {
  return seen === undefined ? '' : ` ≥ ${shortAge(now - seen[since])}`
}

function reservationWords({ reserved, reservedShare }: ClusterNode): string {
  if (reservedShare === null) return 'reserved ?'
  return `reserved ${coreWords(reserved.nanoCpus)} CPU, ${memoryWords(reserved.memoryBytes)} (${Math.round(reservedShare * 100)}%)`
}
