import type { AskedQuestion } from './acting-state.ts'
import type { Maintaining } from './maintenance/maintaining.ts'
import type { Resource } from './resources.ts'
import type { Link, State } from './state.ts'

/**
 * The state at another moment. A clock that is set back (by NTP, by hand) takes what is due with it: else nothing would
 * be asked for until the clock is where it was, and the old reading would look new all the while.
 */
export function moveClock(before: State, now: number): State {
  const back = before.now - now
  return back > 0 ? { ...setBack(before, back), now } : { ...before, now }
}

function setBack(state: State, byMs: number): State {
  const { polling, reading, acting, log, inspected, contexts, contextChange, navigation } = state
  const { inFlight } = polling
  return {
    ...state,
    polling: {
      ...polling,
      nextAt: polling.nextAt - byMs,
      lastStartedAt: polling.lastStartedAt - byMs,
      watchAgainAt: polling.watchAgainAt - byMs,
      probeAt: polling.probeAt - byMs,
      link: setLinkBack(polling.link, byMs),
      inFlight:
        inFlight === null
          ? null
          : {
              ...inFlight,
              startedAt: inFlight.startedAt - byMs,
              heardAt: inFlight.heardAt - byMs,
              pingAt: inFlight.pingAt - byMs,
            },
    },
    reading:
      reading === null
        ? null
        : { ...reading, receivedAt: reading.receivedAt - byMs, clockOffsetMs: reading.clockOffsetMs - byMs },
    resources: Object.fromEntries(
      Object.entries(state.resources).map(([key, resource]) => [key, setResourceBack(resource, byMs)]),
    ),
    log: log === null ? null : { ...log, begunAt: log.begunAt - byMs },
    inspected: inspected === null ? null : { ...inspected, openedAt: inspected.openedAt - byMs },
    contexts: contexts === null ? null : { ...contexts, askedAt: contexts.askedAt - byMs },
    contextChange: contextChange?.kind === 'warned' ? { ...contextChange, at: contextChange.at - byMs } : contextChange,
    navigation: { ...navigation, noticedAt: navigation.noticedAt - byMs },
    simulation: state.simulation === null ? null : { ...state.simulation, lookAt: state.simulation.lookAt - byMs },
    maintaining: setMaintainingBack(state.maintaining, byMs),
    acting: {
      ...acting,
      question: acting.question === null ? null : setQuestionBack(acting.question, byMs),
      running: acting.running.map(running => ({ ...running, askedAt: running.askedAt - byMs })),
      sequences: acting.sequences.map(running => ({ ...running, askedAt: running.askedAt - byMs })),
      warnedToQuitAt: acting.warnedToQuitAt === null ? null : acting.warnedToQuitAt - byMs,
    },
  }
}

function setMaintainingBack(maintaining: Maintaining, byMs: number): Maintaining {
  const { course } = maintaining
  const rehearsal = course?.rehearsal ?? null
  return {
    ...maintaining,
    askedAt: maintaining.askedAt - byMs,
    course: course && {
      ...course,
      changedAt: course.changedAt - byMs,
      rehearsal: rehearsal && { ...rehearsal, askedAt: rehearsal.askedAt - byMs },
    },
  }
}

function setQuestionBack(asked: AskedQuestion, byMs: number): AskedQuestion {
  const { askedAt, planning } = asked
  return {
    ...asked,
    askedAt: askedAt - byMs,
    planning:
      planning === null ? null : { ...planning, begunAt: planning.begunAt - byMs, askedAt: planning.askedAt - byMs },
  }
}

function setResourceBack(resource: Resource, byMs: number): Resource {
  const { askedAt, readAt } = resource
  return { ...resource, askedAt: askedAt - byMs, readAt: readAt === null ? null : readAt - byMs }
}

function setLinkBack(link: Link, byMs: number): Link {
  if (link.kind === 'live') return link
  const since = link.since - byMs
  return link.kind === 'failed' ? { ...link, since, retryAt: link.retryAt - byMs } : { ...link, since }
}
