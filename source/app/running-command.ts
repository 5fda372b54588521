import { assertNever } from '../rules/assert-never.ts'
import { closest } from '../rules/closest.ts'
import { sortBy } from './arranging.ts'
import { askForGracefulDrain, askForOperations } from './asking.ts'
import { changeByWords, changeHere, changeHistory, removeNamed } from './changing-by-words.ts'
import { COMMAND_WORDS, type Command, findCommands, splitCommand } from './commands.ts'
import { changeContext } from './contexts.ts'
import { currentView } from './current-view.ts'
import { openWhy } from './explaining.ts'
import { findAmong, type Named, type NamedKind, namedThings } from './find-by-name.ts'
import { openInspect } from './inspect/inspect-keys.ts'
import { keyGroupsOf } from './key-groups.ts'
import { openLanes } from './lanes.ts'
import { openLogs } from './logs/log-keys.ts'
import { maintenanceOfSelection, openMaintenance } from './maintenance/maintenance-keys.ts'
import { operationOn } from './meant-operations.ts'
import { goThrough, goTo, notify, push, withNavigation } from './navigating.ts'
import { operate, removeHere } from './operating.ts'
import { changeTheme, prefer, switchMouse } from './preferring.ts'
import { quit } from './quitting.ts'
import { reopenRecovery } from './recovering.ts'
import { findResource } from './resources.ts'
import { columnNames } from './rows/panel-rows.ts'
import type { LogSubject, Screen } from './screen.ts'
import { shownNodeId } from './shown-service.ts'
import { type State, THEME_NAMES } from './state.ts'
import { type Step, stay } from './step.ts'
import { isSearched, typed } from './taking-effect.ts'

/** Does what was entered after `:`, or says in one sentence why not. */
export function runCommand(state: State, text: string): Step {
  const { word, argument } = splitCommand(text)
  if (word === '') return stay(state)
  const [command, other] = findCommands(word)
  if (command === undefined) return complain(state, `There is no command "${word}"${suggest(word, COMMAND_WORDS)}`)
  if (other !== undefined) {
    const names = findCommands(word).map(({ name }) => name)
    return complain(state, `"${word}" may mean ${listNames(names)}: type more of it`)
  }
  if (argument.trim() === '') return runAlone(state, command)
  return command.takes === null
    ? complain(state, `:${command.name} takes nothing after it`)
    : runWith(state, command, argument)
}

/** What was in focus is what a verb without a name is about, as with its key. */
function runAlone(state: State, { name, does, words }: Command): Step {
  switch (does.kind) {
    case 'go':
      return stay(goTo(state, { kind: does.screen }))
    case 'contexts':
      return stay(goTo(state, { kind: 'contexts' }))
    case 'maintenance':
      return isOnNode(state) ? maintenanceOfSelection(state) : openMaintenance(state, [])
    case 'logs':
      return openLogs(state)
    case 'inspect':
      return stay(openInspect(state))
    case 'why':
      return stay(openWhy(state))
    case 'lanes':
      return stay(openLanes(state))
    case 'drain-gracefully':
      return drainGracefully(state, shownNodeId(state))
    case 'sort':
      return stay(sortBy(state, null, false))
    case 'filter':
      return narrow(state, '')
    case 'time-zone':
      return stay(prefer(state, { timeZone: does.timeZone }))
    case 'recovery':
      return stay(reopenRecovery(state))
    case 'help':
      return stay(withNavigation(state, { isHelpOpen: true, helpOffset: 0 }))
    case 'quit':
      return quit(state)
    case 'operate':
      return operate(state, does.operation)
    case 'remove':
      return removeHere(state)
    case 'change':
      return changeHere(state, does.what)
    case 'theme':
    case 'mouse':
      return complain(state, `:${name} needs to know which: ${words}`)
    default:
      return assertNever(does)
  }
}

function runWith(state: State, command: Command, argument: string): Step {
  const { does, takes } = command
  switch (does.kind) {
    case 'sort':
      return sortByWords(state, argument)
    case 'filter':
      return narrow(state, argument)
    case 'theme':
      return stay(changeTheme(state, whole(THEME_NAMES, argument.trim())))
    case 'mouse':
      return stay(switchMouse(state, argument.trim()))
    case 'change':
      return Array.isArray(takes) ? changeByWords(state, does.what, takes, argument) : changeHistory(state, argument)
    default:
      return Array.isArray(takes) ? runWithName(state, command, takes, argument) : runAlone(state, command)
  }
}

function runWithName(state: State, command: Command, kinds: readonly NamedKind[], argument: string): Step {
  const exact = findAmong(state, kinds, argument)
  const found = exact.length > 0 ? exact : findAmong(state, kinds, argument.trimEnd())
  const [one, other] = found
  if (one === undefined) return lookElsewhere(state, command, kinds, argument.trim())
  if (other === undefined) return runOn(state, command, one)
  const names = new Set(found.map(({ name }) => name))
  return names.size > 1
    ? complain(state, `"${argument}" may mean ${listNames([...names])}: type more of it`)
    : complain(state, `${found.length} ${one.kind}s are called "${one.name}": give the ID of one`)
}

function runOn(state: State, { does }: Command, named: Named): Step {
  switch (does.kind) {
    case 'logs':
      return stay(push(state, { kind: 'logs', subject: subjectOf(named) }))
    case 'inspect':
      return named.kind === 'stack' || named.kind === 'context'
        ? stay(state)
        : stay(push(state, { kind: 'inspect', object: { kind: named.kind, id: named.id } }))
    case 'lanes':
      return stay(push(state, { kind: 'lanes', serviceId: named.id }))
    case 'why':
      return stay(push(state, slotOf(state, named)))
    case 'contexts':
      return changeContext(state, named.name)
    case 'maintenance':
      return openMaintenance(state, [named.id])
    case 'drain-gracefully':
      return drainGracefully(state, named.id)
    case 'operate':
      return askForOperations(state, [operationOn(state, does.operation, named.id)])
    case 'remove':
      return removeNamed(state, named)
    default:
      return stay(openNamed(state, named))
  }
}

/** Whether keys for nodes are heard here. */
const isOnNode = (state: State): boolean => keyGroupsOf(state).includes('node')

function drainGracefully(state: State, nodeId: string | null): Step {
  if (nodeId === null) return complain(state, 'Select a node, or name one: :drain-gracefully w1')
  const name = state.reading?.cluster.nodeById.get(nodeId)?.name ?? nodeId
  return askForGracefulDrain(state, nodeId, name)
}

/** Goes to what was named, with the list that it stands in below it. */
function openNamed(state: State, named: Named): State {
  const { kind, id, slot } = named
  const selection = slot === undefined ? {} : { selection: { tasks: id } }
  return goThrough(state, { screen: { kind: `${kind}s` }, panel: `${kind}s`, id }, screenOf(named), selection)
}

function screenOf(named: Named): Screen {
  const { kind, id, slot } = named
  switch (kind) {
    case 'service':
      return { kind: 'service', serviceId: id }
    case 'node':
      return { kind: 'node', nodeId: id }
    case 'stack':
      return { kind: 'stack', stack: id }
    case 'task':
      return { kind: 'slot', serviceId: slot?.serviceId ?? '', slot: slot?.key ?? '' }
    case 'context':
      return { kind: 'contexts' }
    case 'network':
    case 'volume':
    case 'secret':
    case 'config':
      return { kind: 'inspect', object: { kind, id } }
    default:
      return assertNever(kind)
  }
}

/** The slot that a task is in; of a service the first that is not running. */
function slotOf({ reading }: State, { id, slot }: Named): Screen {
  if (slot !== undefined) return { kind: 'slot', serviceId: slot.serviceId, slot: slot.key }
  const slots = reading?.cluster.serviceById.get(id)?.slots ?? []
  const wanting = slots.find(({ why }) => why !== null) ?? slots[0]
  return wanting === undefined ? { kind: 'service', serviceId: id } : { kind: 'slot', serviceId: id, slot: wanting.key }
}

function subjectOf({ kind, id }: Named): LogSubject {
  if (kind === 'stack') return { kind, stack: id }
  return kind === 'task' ? { kind, taskId: id } : { kind: 'service', serviceId: id }
}

/**
 * Networks and the like are read when their list is looked at, and not before: the engine is asked for one by its name.
 * What else is not in the reading is not in the swarm.
 */
function lookElsewhere(state: State, { does }: Command, kinds: readonly NamedKind[], name: string): Step {
  if (does.kind === 'contexts') return changeContext(state, name)
  const [kind] = kinds
  if (kinds.length === 1 && isFetched(kind) && !isRead(state, kind)) {
    return stay(push(state, { kind: 'inspect', object: { kind, id: name } }))
  }
  const known = kinds.flatMap(one => namedThings(state, one).map(named => named.name))
  return complain(state, `There is no ${kinds.join(' or ')} "${name}"${suggest(name, known)}`)
}

type Fetched = 'network' | 'volume' | 'secret' | 'config'

const isFetched = (kind: NamedKind | undefined): kind is Fetched =>
  kind === 'network' || kind === 'volume' || kind === 'secret' || kind === 'config'

const isRead = (state: State, kind: Fetched): boolean =>
  (findResource(state, { kind: `${kind}s` })?.readAt ?? null) !== null

function sortByWords(state: State, argument: string): Step {
  const [column = '', direction = 'asc', ...rest] = argument.trim().toLowerCase().split(/\s+/)
  const columns = columnNames(currentView(state).focus)
  const found = columns.find(name => name === column) ?? only(columns.filter(name => name.startsWith(column)))
  if (columns.length === 0) return complain(state, 'There is nothing to order here')
  if (found === null) return complain(state, `There is no column "${column}" here: ${columns.join(', ')}`)
  if (rest.length > 0 || !['asc', 'desc'].includes(direction)) {
    return complain(state, `Behind the column stands desc, or nothing: :sort ${found} desc`)
  }
  return stay(sortBy(state, found, direction === 'desc'))
}

/** Does what `/` does: narrows a list; looks for something in logs and in inspect. */
function narrow(state: State, text: string): Step {
  return stay(typed(state, isSearched(state) ? 'search' : 'filter', text))
}

/** The one name that begins so, if there is one. */
const whole = (names: readonly string[], beginning: string): string =>
  only(names.filter(name => name.startsWith(beginning))) ?? beginning

const only = <T>([one, ...others]: readonly T[]): T | null => (one === undefined || others.length > 0 ? null : one)

/** As many as can be read at a glance. */
function listNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ')
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown
}

const MOST_NAMES = 6

function suggest(word: string, words: readonly string[]): string {
  const near = closest(word, words)
  return near === null ? '' : `: did you mean "${near}"?`
}

function complain(state: State, text: string): Step {
  return stay(notify(state, 'warning', text))
}
