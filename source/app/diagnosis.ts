import { examine } from '../operations/examine.ts'
import type { Cluster } from '../swarm/cluster.ts'
import type { Finding } from '../swarm/doctor/finding.ts'
import { keepLastBy } from './rows/keep-by.ts'
import type { Sightings, State } from './state.ts'
import { isReadFromSimulation } from './swarm-clock.ts'

/** What the doctor finds in the last reading, once a reading; nothing before the first. */
export function diagnosisOf(state: State): readonly Finding[] {
  const { reading, sightings } = state
  if (reading === null) return NONE
  return findingsOf(reading.cluster, sightings, isReadFromSimulation(state) ? 0 : reading.clockOffsetMs)
}

const NONE: readonly Finding[] = []

/** What we have seen is dated by our clock, what the swarm tells by its own. */
const findingsOf = keepLastBy((cluster: Cluster, { nodes }: Sightings, clockOffsetMs: number) =>
  examine(cluster, {
    availabilitySince: new Map(
      Object.entries(nodes).map(([id, { availabilitySince }]) => [id, availabilitySince - clockOffsetMs]),
    ),
  }),
)
