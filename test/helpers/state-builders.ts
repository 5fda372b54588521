import type { ApiReading } from '../../source/api/info.ts'
import { initialState } from '../../source/app/initial-state.ts'
import type { View } from '../../source/app/screen.ts'
import { updateSightings } from '../../source/app/sightings.ts'
import type { Link, Settings, State } from '../../source/app/state.ts'
import { NOW } from './api-builders.ts'
import { clusterOf, wellReading } from './cluster-builders.ts'

const SETTINGS: Settings = {
  source: { kind: 'engine', name: 'prod-eu' },
  hosts: ['ssh://ops@m1'],
  intervalMs: 1000,
  isReadOnly: false,
}

type StateWords = {
  readonly columns?: number
  readonly rows?: number
  readonly settings?: Partial<Settings>
  /** `null`: none has come yet. */
  readonly reading?: Partial<ApiReading> | null
  /** How long ago the reading came; the swarm is first seen two minutes before that. */
  readonly readAgoMs?: number
  readonly link?: Link
  readonly view?: Partial<View>
  readonly change?: Partial<State>
}

/** A dashboard of 120×36 cells on the overview, live on a healthy swarm, unless the words say otherwise. */
export function stateOf(words: StateWords = {}): State {
  const { columns = 120, rows = 36, reading = wellReading, readAgoMs = 400, link = { kind: 'live' } } = words
  const fresh = initialState({ settings: { ...SETTINGS, ...words.settings }, now: NOW, columns, rows })
  const [first] = fresh.navigation.stack
  const cluster = reading === null ? null : clusterOf(reading)
  const receivedAt = NOW - readAgoMs
  return {
    ...fresh,
    polling: { ...fresh.polling, link },
    reading: cluster === null ? null : { cluster, receivedAt, roundTripMs: 12, clockOffsetMs: 0, host: 0 },
    sightings: cluster === null ? fresh.sightings : updateSightings(fresh.sightings, cluster, receivedAt - 120_000),
    navigation: {
      ...fresh.navigation,
      stack: first === undefined ? [] : [{ ...first, ...words.view }],
    },
    ...words.change,
  }
}
