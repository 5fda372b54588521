import { type Check, checkNode, checkQuorum } from '../../operations/maintenance/check-node.ts'
import { findChanges } from '../../operations/maintenance/find-changes.ts'
import { foreignLock } from '../../operations/maintenance/lock.ts'
import { currentNode, type MaintainedNode, type Maintenance } from '../../operations/maintenance/maintenance.ts'
import { named } from '../../operations/phrases.ts'
import { assertNever } from '../../rules/assert-never.ts'
import { counted } from '../../rules/counted.ts'
import { shortAge } from '../../rules/short-age.ts'
import { currentView } from '../current-view.ts'
import { sayKey } from '../key-groups.ts'
import type { MaintenanceRow } from '../rows/maintenance-rows.ts'
import type { State } from '../state.ts'
import { knowledgeOf } from './knowledge.ts'
import type { Course } from './maintaining.ts'

/** A line about a maintenance. Texts may contain names from the cluster. */
export type CourseLine = {
  readonly weight: 'plain' | 'quiet' | 'good' | 'warning' | 'danger' | 'key'
  readonly text: string
}

/** The checks of one of its nodes, as things are now. */
export function checksOf(state: State, { entry, node }: MaintenanceRow): readonly Check[] {
  const { reading, maintaining } = state
  if (reading === null || entry === null || node === null || maintaining.course === null) return []
  if (AWAY.has(node.step)) return [checkQuorum(entry, reading.cluster)]
  if (!CHECKED.has(node.step)) return []
  return checkNode(entry, maintaining.course.maintenance, reading.cluster, knowledgeOf(state, reading))
}

/** What is drained already is not asked whether it may be. */
const CHECKED: ReadonlySet<MaintainedNode['step']> = new Set(['waiting', 'checks'])

/** While it is off, or may be, what counts is whether the others are enough. */
const AWAY: ReadonlySet<MaintainedNode['step']> = new Set(['in-hand', 'returning'])

/** Where a node of it is, in a word or two; what somebody else has is theirs. */
export function sayStep(state: State, { node, lock }: MaintenanceRow): string {
  if (node === null) return lock === null ? '' : `by ${lock.by}${sayAge(state, lock.since)}`
  const { course } = state.maintaining
  switch (node.step) {
    case 'waiting':
      return course?.phase === 'proposed' ? '' : 'waiting'
    case 'checks':
      return 'checking'
    case 'moving':
      return node.renewing === null ? 'moving services' : `moving ${node.renewing.name}`
    case 'draining':
      return 'draining'
    case 'emptying':
      return 'emptying'
    case 'in-hand':
      return 'in your hands'
    case 'returning':
      return 'coming back'
    case 'activating':
      return node.before === 'active' ? 'activating' : 'being left as before'
    case 'spreading':
      return 'back, rebalance?'
    case 'over':
      return node.outcome === 'done' ? 'done' : 'left out'
    default:
      return assertNever(node.step)
  }
}

function sayAge({ now }: State, since: number): string {
  return since === 0 ? '' : `, ${shortAge(Math.max(0, now - since))}`
}

/** For who looks elsewhere meanwhile: where it is, and whether it waits for them. Null where nothing is to be said. */
export function courseReminder(state: State): CourseLine | null {
  const { reading, maintaining } = state
  const { course } = maintaining
  const node = course === null || reading === null ? null : currentNode(course.maintenance, reading.cluster)
  if (course === null || node === null || currentView(state).screen.kind === 'maintenance') return null
  if (course.phase === 'found') return line('warning', `maintenance left off at ${node.name}`)
  if (course.phase !== 'going') return null
  if (course.unsaved !== null) return line('danger', 'maintenance stands still: it cannot be written down')
  if (course.maintenance.held !== null) return line('warning', `maintenance held: ${course.maintenance.held.reason}`)
  const row = { nodeId: node.nodeId, name: node.name, entry: null, node, lock: null }
  return line(isForPerson(state) ? 'warning' : 'plain', `maintenance: ${node.name} ${sayStep(state, row)}`)
}

/** Whether a maintenance waits for the person. */
export function isForPerson({ maintaining }: State): boolean {
  const { course } = maintaining
  if (course?.phase !== 'going') return false
  const { held, nodes } = course.maintenance
  if (held !== null) return held.by !== 'person'
  return course.unsaved !== null || nodes.some(({ step }) => step === 'in-hand' || step === 'spreading')
}

/** The way of a node, step by step, and which step it is at; −1 before the first, their number behind the last. */
export function wayOf(
  { maintenance }: Course,
  node: MaintainedNode,
): { readonly steps: readonly string[]; readonly at: number } {
  const isGraceful = maintenance.manner === 'graceful'
  const steps = ['checks', ...(isGraceful ? ['move services'] : []), 'drain', 'empty', 'your work', 'back', 'activate']
  const names: Readonly<Record<MaintainedNode['step'], string>> = {
    waiting: '',
    checks: 'checks',
    moving: 'move services',
    draining: 'drain',
    emptying: 'empty',
    'in-hand': 'your work',
    returning: 'back',
    activating: 'activate',
    spreading: 'activate',
    over: '',
  }
  return { steps, at: node.step === 'over' ? steps.length : steps.indexOf(names[node.step]) }
}

/** What is so now, and what a person can do about it; the first lines say what is needed of them. */
export function courseLines(state: State): readonly CourseLine[] {
  const { reading, maintaining } = state
  const { course, trouble } = maintaining
  const troubled = trouble === null ? [] : [line('warning', trouble)]
  if (course === null || reading === null) return [...troubled, ...nothingLines(state)]
  const node = currentNode(course.maintenance, reading.cluster)
  return [...troubled, ...linesOf(state, course, node)]
}

function nothingLines(state: State): readonly CourseLine[] {
  if (state.settings.isReadOnly)
    return [line('quiet', 'Nothing can be changed here (--read-only): what others do is shown')]
  const key = sayKey(state, 'maintenance', name => `, and press ${name}`)
  return [line('quiet', `No maintenance is under way in this session: select or mark nodes${key}`)]
}

function linesOf(state: State, course: Course, node: MaintainedNode | null): readonly CourseLine[] {
  const { maintenance } = course
  if (course.isGivingUp) return givingUpLines(state, course, node)
  switch (course.phase) {
    case 'proposed':
      return [
        line('plain', `Nothing is done yet: ${sayPlan(maintenance)}`),
        line(
          'key',
          `${key(state, 'go-on')} begins with ${node?.name ?? ''}, ${key(state, 'change-manner')} ${otherManner(maintenance)}, ${key(state, 'skip')} leaves the selected one out, Esc does nothing`,
        ),
      ]
    case 'found':
      return [
        line(
          'warning',
          `Begun by ${maintenance.by} ${shortAge(Math.max(0, state.now - maintenance.startedAt))} ago and left off ${sayWhere(node)}`,
        ),
        ...changesOf(state, maintenance),
        line('key', `${key(state, 'go-on')} goes on, ${key(state, 'give-up')} gives it up`),
      ]
    case 'elsewhere':
      return [
        line('warning', `${course.session} is at it: this session only looks on`),
        line('key', `${key(state, 'take-over')} takes it over from there`),
      ]
    case 'going':
      return goingLines(state, course, node)
    case 'over':
      return [line('good', sayResult(maintenance)), line('key', `${key(state, 'go-on')} closes this`)]
    default:
      return assertNever(course.phase)
  }
}

function goingLines(state: State, course: Course, node: MaintainedNode | null): readonly CourseLine[] {
  const { maintenance, unsaved, waitsFor } = course
  if (unsaved !== null) {
    return [
      line('danger', `It cannot be written down, and stands still: ${unsaved.trouble}`),
      line('key', `${key(state, 'go-on')} tries again, ${key(state, 'take-over')} writes over what is there`),
    ]
  }
  if (node === null) return []
  if (maintenance.held !== null) return heldLines(state, maintenance, node)
  const running = state.acting.running.find(({ number }) => number === course.operation?.number)
  const text = running?.progress.kind === 'running' ? running.progress.text : waitsFor
  switch (node.step) {
    case 'in-hand':
      return [
        line('good', `${node.name} is empty: do your work`),
        ...handLines(state, node),
        line('key', `${key(state, 'go-on')}: it is back, ${key(state, 'skip')} leaves it out`),
      ]
    case 'returning':
      return [line('plain', text), line('key', `${key(state, 'go-on')} does not wait`)]
    case 'spreading':
      return spreadingLines(state, node)
    case 'checks':
      return [line('plain', text), line('key', `${key(state, 'go-on')} does not wait for it`)]
    default:
      return [
        line('plain', text),
        line(
          'key',
          `${key(state, 'hold')} holds it, ${key(state, 'skip')} leaves ${node.name} out, ${key(state, 'give-up')} gives up`,
        ),
      ]
  }
}

function spreadingLines(state: State, { name }: MaintainedNode): readonly CourseLine[] {
  const uneven = state.reading === null ? [] : knowledgeOf(state, state.reading).uneven
  return [
    line('good', `${name} is active again; tasks do not come back by themselves`),
    line('plain', `Uneven by now: ${named(uneven)}`),
    line('key', `${key(state, 'rebalance')} plans a rebalance, ${key(state, 'go-on')} goes on without`),
  ]
}

function heldLines(state: State, maintenance: Maintenance, node: MaintainedNode): readonly CourseLine[] {
  const { held } = maintenance
  if (held === null) return []
  const entry = state.reading?.cluster.nodeById.get(node.nodeId)
  const isLocked = entry !== undefined && foreignLock(entry.node, maintenance) !== null
  return [
    line(held.by === 'person' ? 'warning' : 'danger', `Held: ${held.reason}`),
    line(
      'key',
      [
        `${key(state, 'go-on')} ${held.accepts.length > 0 ? 'goes on all the same' : held.by === 'person' ? 'goes on' : 'tries again'}`,
        ...(isLocked ? [`${key(state, 'take-over')} takes it over`] : []),
        `${key(state, 'skip')} leaves ${node.name} out`,
        `${key(state, 'give-up')} gives up`,
      ].join(', '),
    ),
  ]
}

/** What we have seen of the machine while it was the person's. */
function handLines({ now, reading }: State, { handedOver, nodeId }: MaintainedNode): readonly CourseLine[] {
  if (handedOver === null) return []
  const { sawDownAt, sawBackAt, version } = handedOver
  const ago = (at: number) => `${shortAge(Math.max(0, now - at))} ago`
  if (sawDownAt !== null && sawBackAt !== null) {
    return [
      line(
        'plain',
        `it was away for ${shortAge(Math.max(1000, sawBackAt - sawDownAt))}, and came back ${ago(sawBackAt)}`,
      ),
    ]
  }
  if (sawDownAt !== null) return [line('warning', `it has been away for ${shortAge(Math.max(0, now - sawDownAt))}`)]
  const entry = reading?.cluster.nodeById.get(nodeId)
  return entry !== undefined && entry.node.version > version
    ? [line('plain', 'it has been heard of anew since: it may have been away for a moment')]
    : [line('quiet', 'it has not been seen to go away; it need not be')]
}

function givingUpLines(state: State, { maintenance }: Course, node: MaintainedNode | null): readonly CourseLine[] {
  const isBegun = node !== null && node.before !== null
  const back = !isBegun ? 'ends it' : `ends it and puts ${node.name} back to ${node.before}`
  const left = isBegun ? `, ${key(state, 'leave-as-is')} ends it and leaves ${node.name} as it is` : ''
  return [
    line('danger', `Give up the maintenance of ${counted(maintenance.nodes.length, 'node')}?`),
    line('key', `${key(state, 'give-up')} again ${back}${left}, any other key goes on`),
  ]
}

function changesOf({ reading }: State, maintenance: Maintenance): readonly CourseLine[] {
  const changes = reading === null ? [] : findChanges(maintenance, reading.cluster)
  return changes.length === 0
    ? [line('plain', 'Nothing of it has changed since')]
    : changes.map(change => line('danger', `since then ${change}`))
}

function sayPlan({ nodes, manner }: Maintenance): string {
  const how = manner === 'graceful' ? 'drained gracefully' : 'drained'
  return `${counted(nodes.length, 'node')}, one after the other, each ${how}, given to you, and activated`
}

const otherManner = ({ manner }: Maintenance): string => (manner === 'plain' ? 'does it gracefully' : 'does it plainly')

function sayWhere(node: MaintainedNode | null): string {
  return node === null ? 'at its end' : `at ${node.name}`
}

function sayResult({ nodes }: Maintenance): string {
  const done = nodes.filter(({ outcome }) => outcome === 'done').length
  const skipped = nodes.length - done
  return `Over: ${counted(done, 'node')} done${skipped === 0 ? '' : `, ${skipped} left out`}`
}

const key = (state: State, name: string): string => sayKey(state, name, said => said)

const line = (weight: CourseLine['weight'], text: string): CourseLine => ({ weight, text })
