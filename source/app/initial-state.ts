import { NO_MAINTENANCE } from './maintenance/maintaining.ts'
import { goTo } from './navigating.ts'
import { OVERVIEW } from './overview.ts'
import type { ListScreen } from './screen.ts'
import type { Preferences, Settings, Simulating, State } from './state.ts'
import { NO_HISTORY } from './task-history.ts'

/** The program before anything has happened: a first reading is due at once. `now`: milliseconds since 1970. */
export function initialState(options: {
  readonly settings: Settings
  readonly preferences?: Preferences
  /** What is looked at first; the overview, unless told. */
  readonly screen?: ListScreen
  readonly now: number
  readonly columns: number
  readonly rows: number
}): State {
  const { settings, now, columns, rows, preferences = USUAL_PREFERENCES, screen = 'overview' } = options
  const state: State = {
    now,
    size: { columns, rows },
    settings,
    polling: {
      host: 0,
      sequence: 0,
      inFlight: null,
      nextAt: now,
      lastStartedAt: now,
      wantsAgain: false,
      link: { kind: 'connecting', since: now },
      failures: 0,
      isWatching: false,
      watchAgainAt: now,
      probe: null,
      probedHost: 0,
      probeAt: now,
      leftHost: null,
    },
    reading: null,
    sightings: { leader: null, nodes: {} },
    journal: [],
    navigation: {
      stack: [OVERVIEW],
      previous: null,
      kept: {},
      isHelpOpen: false,
      helpOffset: 0,
      prompt: null,
      entered: [],
      notice: null,
      noticedAt: now,
      revealed: null,
      copied: null,
      isRecoveryClosed: false,
    },
    recovering: { underWay: null, forced: null, chosen: null },
    acting: { sequence: 0, question: null, running: [], sequences: [], warnedToQuitAt: null },
    maintaining: NO_MAINTENANCE,
    simulation: beginSimulating(settings, now),
    resources: {},
    history: NO_HISTORY,
    trends: [],
    contexts: null,
    contextChange: null,
    log: null,
    inspected: null,
    preferences,
    rangAt: 0,
    isQuitting: false,
  }
  return goTo(state, { kind: screen })
}

/** What holds where a person has not said otherwise. */
export const USUAL_PREFERENCES: Preferences = {
  timeZone: 'local',
  zoneLabel: '',
  columns: {},
  hasBell: false,
  hasMouse: false,
  theme: 'safe',
  windowMs: 15 * 60_000,
}

/** One that we have started ourselves is known to be one before its engine has said so. */
function beginSimulating({ source, controls }: Settings, now: number): Simulating | null {
  const control = controls?.[0] ?? null
  return source.kind === 'simulator' && control !== null ? simulatingAt(control, now) : null
}

/** A simulation whose control has not been asked yet. */
export function simulatingAt(control: string, now: number): Simulating {
  return { control, seen: null, sequence: 0, answered: 0, isLooking: false, lookAt: now }
}
