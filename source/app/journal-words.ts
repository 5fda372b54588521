import type { Fault } from '../operations/fault.ts'
import type { Operation } from '../operations/operation.ts'
import { assertNever } from '../rules/assert-never.ts'
import { counted } from '../rules/counted.ts'
import type { MachineAction } from '../rules/machine-action.ts'
import { shortAge } from '../rules/short-age.ts'
import { explainProblem } from '../swarm/explain-problem.ts'
import type { Happening } from '../swarm/happening.ts'
import { machineBehind } from './machine-behind.ts'
import type { JournalEntry } from './state.ts'

/** A journal entry in words, and how grave it is. The text contains names from the cluster: untrusted. */
export type EntryWords = { readonly weight: 'good' | 'info' | 'warning' | 'danger'; readonly text: string }

/** What the event strip, the event list and their filter say of an entry. */
export function describeEntry(entry: JournalEntry): EntryWords {
  switch (entry.kind) {
    case 'happening':
      return withTimes(describeHappening(entry.happening), entry.times ?? 1)
    case 'operation':
      return describeOperation(entry)
    case 'sequence':
      return describeSequence(entry)
    case 'maintenance':
      return describeMaintenance(entry)
    case 'fault':
      return describeFault(entry.fault)
    case 'new-cluster':
      return describeNewCluster(entry)
    case 'no-answer':
      if (entry.isSimulated) return danger(`${machineBehind(entry.host)} does not answer any more`)
      return danger(`${entry.host} is gone: ${explainProblem(entry.problem)}`)
    case 'host-changed':
      return warning(`now asking ${entry.to} instead of ${entry.from}`)
    case 'leader-lost':
      return danger('the swarm has no leader')
    case 'quorum-lost':
      return danger('quorum lost')
    case 'answers-again':
      return good(`the swarm answers again after ${Math.max(1, Math.round(entry.afterMs / 1000))} s`)
    default:
      return assertNever(entry)
  }
}

function withTimes({ weight, text }: EntryWords, times: number): EntryWords {
  return { weight, text: times === 1 ? text : `${text} (${times} times)` }
}

/** `force update api`, `scale api to 5`. */
export function nameOperation(operation: Operation): string {
  const words = `${operation.kind.replaceAll('-', ' ')} ${operation.name}`
  switch (operation.kind) {
    case 'scale':
      return `${words} to ${operation.replicas}`
    case 'set-history-limit':
      return `set the history limit to ${operation.limit}`
    default:
      return words
  }
}

function describeOperation(entry: JournalEntry & { kind: 'operation' }): EntryWords {
  const { result } = entry
  switch (result.kind) {
    case 'asked':
      return info(entry.command)
    case 'converged':
      return good(`${nameOperation(entry.operation)}: ${result.text}`)
    case 'failed':
      return danger(`${nameOperation(entry.operation)} failed: ${result.text}`)
    case 'left':
      return info(`${nameOperation(entry.operation)}: no longer watched`)
    default:
      return assertNever(result)
  }
}

function describeSequence({ name, result }: JournalEntry & { kind: 'sequence' }): EntryWords {
  if (result.kind === 'converged') return good(`${name}: done in ${shortAge(result.afterMs)}`)
  return warning(`${name} broken off after ${result.done} of ${result.of}: ${result.text}`)
}

function describeMaintenance({ what, name, text }: JournalEntry & { kind: 'maintenance' }): EntryWords {
  switch (what) {
    case 'begun':
      return info(`maintenance of ${name} begun`)
    case 'gone-on':
      return info(`maintenance of ${name} gone on with`)
    case 'handed-over':
      return warning(`${name} is empty and in your hands`)
    case 'held':
      return warning(`maintenance of ${name} held: ${text}`)
    case 'done':
      return good(`maintenance of ${name} done`)
    case 'skipped':
      return info(`maintenance of ${name} left out`)
    case 'over':
      return good(`maintenance over: ${name}`)
    default:
      return assertNever(what)
  }
}

const FAULTS: Readonly<Record<MachineAction, string>> = {
  kill: 'killed',
  poweroff: 'powered off',
  stop: 'stopped',
  start: 'started',
  cut: 'cut off',
  heal: 'connected again',
}

/** `machine node2 killed`. */
export function describeFault({ action, machine }: Fault): EntryWords {
  const text = `machine ${machine} ${FAULTS[action]}`
  return action === 'start' || action === 'heal' ? info(text) : warning(text)
}

function describeNewCluster({ name, result }: JournalEntry & { kind: 'new-cluster' }): EntryWords {
  switch (result.kind) {
    case 'asked':
      return warning(`force a new cluster on ${name}`)
    case 'failed':
      return danger(`no new cluster on ${name}: ${result.text}`)
    case 'seen':
      return warning(`${name} goes on as the only manager: a new cluster was forced`)
    case 'made-good':
      return good(`what the new cluster on ${name} had lost is made good`)
    default:
      return assertNever(result)
  }
}

function describeHappening(happening: Happening): EntryWords {
  switch (happening.kind) {
    case 'leader-changed':
      if (happening.to === null) return danger(`${happening.from ?? 'the leader'} leads no more`)
      return warning(happening.from === null ? `leader ${happening.to}` : `leader ${happening.from} → ${happening.to}`)
    case 'manager-reachability-changed':
      return happening.isReachable
        ? good(`${happening.node} is reachable`)
        : danger(`${happening.node} became unreachable`)
    case 'node-joined':
      return info(`${happening.node} joined`)
    case 'node-removed':
      return info(`${happening.node} was removed`)
    case 'node-state-changed':
      return describeNodeState(happening)
    case 'node-availability-changed':
      return info(`${happening.node} ${happening.from} → ${happening.to}`)
    case 'node-role-changed':
      return info(`${happening.node} is to be a ${happening.to}`)
    case 'service-created':
      return info(`${happening.service} created`)
    case 'service-removed':
      return info(`${happening.service} removed`)
    case 'service-scaled':
      return info(`${happening.service} scaled ${happening.from} → ${happening.to}`)
    case 'service-image-changed':
      return info(`${happening.service} image ${happening.from} → ${happening.to}`)
    case 'update-changed':
      return describeUpdate(happening)
    case 'task-ended':
      return danger(describeEnd(happening))
    case 'task-pending':
      return warning(`${happening.task} pending: ${happening.error}`)
    case 'tasks-started':
    case 'tasks-stopped':
    case 'tasks-finished':
      return info(describeTogether(happening))
    default:
      return assertNever(happening)
  }
}

/** `api: 5 tasks started on w1, w2`. */
function describeTogether({ kind, service, count, nodes }: Happening & { kind: QuietKind }): string {
  const named = nodes.slice(0, MOST_NAMED).join(', ')
  const more = nodes.length > MOST_NAMED ? ` and ${counted(nodes.length - MOST_NAMED, 'more node')}` : ''
  const where = nodes.length === 0 ? '' : ` on ${named}${more}`
  return `${service}: ${counted(count, 'task')} ${kind.replace('tasks-', '')}${where}`
}

type QuietKind = 'tasks-started' | 'tasks-stopped' | 'tasks-finished'
const MOST_NAMED = 4

/** The error mostly says the exit code; where it does not, it is said beside it. */
function describeEnd({ task, state, node, error, exitCode }: Happening & { kind: 'task-ended' }): string {
  const where = node === '' ? '' : ` on ${node}`
  const why = error === '' ? '' : `: ${error}`
  const isToldAlready = exitCode === null || exitCode === 0 || error.includes(String(exitCode))
  return `${task} ${state}${where}${why}${isToldAlready ? '' : ` (exit code ${exitCode})`}`
}

function describeNodeState(happening: Happening & { kind: 'node-state-changed' }): EntryWords {
  const because = happening.message === '' ? '' : `: ${happening.message}`
  switch (happening.to) {
    case 'ready':
      return good(`${happening.node} is Ready`)
    case 'down':
      return danger(`${happening.node} is Down${because}`)
    case 'unknown':
    case 'disconnected':
      return warning(`${happening.node} is ${happening.to}${because}`)
    default:
      return assertNever(happening.to)
  }
}

function describeUpdate(happening: Happening & { kind: 'update-changed' }): EntryWords {
  const because = happening.message === '' ? '' : `: ${happening.message}`
  switch (happening.to) {
    case 'updating':
      return info(`${happening.service} updating`)
    case 'completed':
      return good(`${happening.service} update completed`)
    case 'paused':
      return danger(`${happening.service} update paused${because}`)
    case 'rollback_started':
      return warning(`${happening.service} rolling back${because}`)
    case 'rollback_paused':
      return danger(`${happening.service} rollback paused${because}`)
    case 'rollback_completed':
      return warning(`${happening.service} rolled back${because}`)
    default:
      return assertNever(happening.to)
  }
}

const good = (text: string): EntryWords => ({ weight: 'good', text })
const info = (text: string): EntryWords => ({ weight: 'info', text })
const warning = (text: string): EntryWords => ({ weight: 'warning', text })
const danger = (text: string): EntryWords => ({ weight: 'danger', text })
