import { failureGroups } from '../app/failure-groups.ts'
import { shownService } from '../app/shown-service.ts'
import type { State } from '../app/state.ts'
import { swarmNow } from '../app/swarm-clock.ts'
import { capitalise } from '../rules/capitalise.ts'
import { shortAge } from '../rules/short-age.ts'
import { imageWords } from '../swarm/cli-words.ts'
import { cadenceWords, type FailureGroup, failureKey, failureReason, groupWords } from '../swarm/group-failures.ts'
import { nameNode } from '../swarm/name-task.ts'
import type { SeenTask } from '../swarm/seen-task.ts'
import { hasEnded, isFailure, ranFor } from '../swarm/task-life.ts'
import { clockTime } from './clock-time.ts'
import { joinRows, type Row, span, wrapText } from './row.ts'
import { DANGER, glyphsOf, type Looks, PLAIN, QUIET, STRONG, taskStateLook, WARNING } from './theme.ts'

/**
 * All that is known of a task, in rows of `width` cells: how it is and where, when it did what, its error in full with
 * what the exit code means, and how often the same has happened to its service within the window of the time lines.
 */
export function taskPane(state: State, seen: SeenTask, width: number, looks: Looks): readonly Row[] {
  const { task } = seen
  const groups = groupsOf(state)
  const own = isFailure(task) ? groups.find(({ key }) => key === failureKey(seen)) : undefined
  const others = groups.filter(group => group !== own)
  const error =
    task.error === '' && task.exitCode === null
      ? []
      : wrapText(failureReason(task), width, looks).map(line => [span(line, isFailure(task) ? DANGER : WARNING)])
  return [
    standingRow(seen, state, looks),
    stepsRow(seen, state, looks),
    ...error,
    ...(own === undefined ? [] : [ownRow(own)]),
    ...others.flatMap(group =>
      wrapText(
        `${own === undefined ? 'in this service' : 'besides'} ${groupWords(group)}: ${failureReason(group)}`,
        width,
        looks,
      ).map(line => [span(line, DANGER)]),
    ),
  ]
}

function groupsOf(state: State): readonly FailureGroup[] {
  const service = shownService(state)
  return service === null ? [] : failureGroups(state, service)
}

/** `Failed 12 s ago on w2 · ran 2 s · api:1.9 · 8ub2k…`. */
function standingRow(seen: SeenTask, state: State, looks: Looks): Row {
  const { task, goneAt } = seen
  const cluster = state.reading?.cluster
  const node = task.nodeId === '' || cluster === undefined ? '' : ` on ${nameNode(task.nodeId, cluster)}`
  const age = shortAge(swarmNow(state) - task.stateAt)
  const isStopping = !hasEnded(task) && (task.desired === 'shutdown' || task.desired === 'remove')
  const ran = ranFor(seen)
  return joinRows(
    [
      [span(`${capitalise(task.state)} ${age}${hasEnded(task) ? ' ago' : ''}${node}`, taskStateLook(task.state))],
      ...(isStopping ? [[span('told to stop', WARNING)]] : []),
      ...(ran === null ? [] : [[span(`ran ${ran.isAtMost ? 'at most ' : ''}${shortAge(ran.ms)}`)]]),
      [span(imageWords(task.image))],
      [span(task.id, STRONG)],
      ...(goneAt === null ? [] : [[span('Swarm has forgotten it', QUIET)]]),
    ],
    span(` ${glyphsOf(looks).separator} `, QUIET),
  )
}

/** `created 12:03:11 · preparing 12:03:12 · running 12:03:13 · failed 12:04:10`. */
function stepsRow({ task, steps }: SeenTask, { preferences }: State, looks: Looks): Row {
  const time = (at: number) => span(clockTime(at, preferences.timeZone), QUIET)
  const seen = steps.filter(({ state }) => state !== 'new')
  const isOld = seen.at(-1)?.state === task.state
  const all = isOld ? seen : [...seen, { state: task.state, at: task.stateAt }]
  return joinRows(
    [[span('created '), time(task.createdAt)], ...all.map(({ state, at }) => [span(`${state} `), time(at)])],
    span(` ${glyphsOf(looks).separator} `, QUIET),
  )
}

function ownRow(group: FailureGroup): Row {
  const cadence = cadenceWords(group)
  return [span('the same ', QUIET), span(groupWords(group), STRONG), span(cadence === '' ? '' : `, ${cadence}`, PLAIN)]
}
