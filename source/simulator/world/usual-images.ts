import { type ImageBehaviour, type Range, WELL_BEHAVED } from './image.ts'

/** Process 1 of a container is told nothing by a signal it has no handler for: only the kill ends it. */
const DEAF = 'ignores-signal'
const PULLED_SOON: Range = [900, 2_500]
/** On every engine already, and in no registry. */
const AT_HAND: Range = [0, 0]

/** What it does is up to its command: by itself it is a shell that has nothing to read. */
const SHELL: ImageBehaviour = { ...WELL_BEHAVED, pullMs: PULLED_SOON, stopMs: DEAF, isShell: true }

const WEB: ImageBehaviour = {
  ...WELL_BEHAVED,
  log: {
    everyMs: [700, 2_600],
    lines: [
      '10.0.0.2 - - "GET / HTTP/1.1" 200 615',
      '10.0.0.2 - - "GET /favicon.ico HTTP/1.1" 404 153',
      '10.0.0.2 - - "GET /status HTTP/1.1" 200 2',
    ],
  },
}

const LAB: ImageBehaviour = { ...WELL_BEHAVED, pullMs: AT_HAND }

/**
 * Images that are known without a word from the scenario: those that people try things out with, and those of the lab
 * of real engines (`test/lab/images.ts`), which no registry has.
 */
export const USUAL_IMAGES: Readonly<Record<string, ImageBehaviour>> = {
  alpine: SHELL,
  busybox: SHELL,
  debian: SHELL,
  ubuntu: SHELL,
  nginx: {
    ...WEB,
    firstWords: [
      '/docker-entrypoint.sh: Configuration complete; ready for start up',
      '2> [notice] 1#1: start worker processes',
    ],
  },
  api: { ...WEB, startMs: [400, 1_500], firstWords: ['listening on :8080'] },
  traefik: { ...WEB, firstWords: ['INF Starting provider aggregator', 'INF Starting provider *swarm.Provider'] },
  redis: {
    ...WELL_BEHAVED,
    pullMs: [2_000, 5_000],
    firstWords: ['1:M * Server initialized', '1:M * Ready to accept connections tcp'],
    log: { everyMs: [60_000, 60_000], lines: ['1:M * 1 changes in 3600 seconds. Saving...'] },
  },
  postgres: {
    ...WELL_BEHAVED,
    pullMs: [6_000, 9_000],
    startMs: [1_500, 3_000],
    stopMs: [900, 2_500],
    firstWords: [
      '2> [1] LOG:  listening on IPv4 address "0.0.0.0", port 5432',
      '2> [1] LOG:  database system is ready to accept connections',
    ],
    log: {
      everyMs: [300_000, 300_000],
      lines: ['2> [27] LOG:  checkpoint starting: time', '2> [27] LOG:  checkpoint complete'],
    },
  },
  'swarmtop-lab': { ...LAB, isMissing: true },
  'swarmtop-lab:1': LAB,
  'swarmtop-lab:2': LAB,
  'swarmtop-lab:stubborn': { ...LAB, stopMs: DEAF },
  'swarmtop-lab:crash': { ...LAB, stopMs: DEAF, exit: { chance: 1, afterMs: [3_000, 3_010], code: 1 } },
  'swarmtop-lab:bad': { ...LAB, exit: { chance: 1, afterMs: [5, 30], code: 1 } },
  'swarmtop-lab:done': { ...LAB, stopMs: DEAF, exit: { chance: 1, afterMs: [1_000, 1_010], code: 0 } },
}
