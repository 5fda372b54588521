import type { Fault } from '../operations/fault.ts'
import type { NewCluster } from '../operations/new-cluster.ts'
import type { Cluster } from '../swarm/cluster.ts'
import { findForced, type RemainingStep, remainingSteps } from '../swarm/forced-cluster.ts'
import { planRecovery, type Recovery } from '../swarm/recovery.ts'
import { askForFault, askForNewCluster } from './asking.ts'
import { addToJournal } from './journal.ts'
import { isQuorumLost, type MachineOfManager, managersOf } from './lost-quorum.ts'
import { goTo, notify, push, withNavigation } from './navigating.ts'
import { withRecovering } from './new-cluster.ts'
import { readNow } from './polling.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'

/** What is on the recovery card: how the quorum comes back, or what remains to be done after a new cluster was forced. */
export type RecoveryCard =
  | { readonly kind: 'lost'; readonly recovery: Recovery; readonly choices: readonly RecoveryChoice[] }
  | { readonly kind: 'remaining'; readonly survivor: string; readonly steps: readonly RemainingStep[] }

/** What can be done from the card in a simulation. `words`: in which it stands there. */
export type RecoveryChoice = { readonly id: string; readonly words: string; readonly does: Fault | NewCluster }

/** The card that is in front; null where none is. */
export function shownRecovery(state: State): RecoveryCard | null {
  return state.navigation.isRecoveryClosed ? null : recoveryCard(state)
}

/** The card, be it put away or not. */
export function recoveryCard(state: State): RecoveryCard | null {
  const { reading, polling, recovering } = state
  if (reading === null) return null
  if (isQuorumLost(state) || (recovering.underWay !== null && polling.link.kind !== 'live')) {
    return { kind: 'lost', recovery: planRecovery(reading.cluster, survivorOf(state)), choices: choicesOf(state) }
  }
  const { forced } = recovering
  if (forced === null || polling.link.kind !== 'live') return null
  return { kind: 'remaining', survivor: forced.survivor.name, steps: remainingSteps(forced, reading.cluster) }
}

/** A manager that is known to be there: the one we look through before any other. */
function survivorOf(state: State): string | null {
  const { reading, polling } = state
  const { present } = managersOf(state)
  const self = polling.host === reading?.host ? reading.cluster.snapshot.self.nodeId : null
  return present.find(({ nodeId }) => nodeId === self)?.nodeId ?? present[0]?.nodeId ?? self
}

function choicesOf(state: State): readonly RecoveryChoice[] {
  if (state.settings.isReadOnly) return []
  const { present, absent } = managersOf(state)
  return [...absent.flatMap(choiceOfAbsent), ...present.map(choiceOfPresent)]
}

function choiceOfAbsent({ nodeId, machine, state }: MachineOfManager): readonly RecoveryChoice[] {
  if (state === 'booting') return []
  const action = state === 'cut' ? 'heal' : 'start'
  const words = state === 'cut' ? `heal the network of ${machine}` : `start ${machine}`
  return [{ id: `${action} ${nodeId}`, words, does: { kind: 'fault', action, nodeId, machine } }]
}

const choiceOfPresent = ({ nodeId, name, machine, address }: MachineOfManager): RecoveryChoice => ({
  id: `force ${nodeId}`,
  words: `force a new cluster on ${name}`,
  does: { kind: 'new-cluster', nodeId, name, machine, address },
})

/** Of the card's lines that can be chosen the one that Enter takes; null where there are none. */
export function chosenLine(state: State, card: RecoveryCard): string | null {
  const ids = linesOf(card)
  const { chosen } = state.recovering
  return chosen !== null && ids.includes(chosen) ? chosen : (ids[0] ?? null)
}

const linesOf = (card: RecoveryCard): readonly string[] =>
  card.kind === 'lost'
    ? card.choices.map(({ id }) => id)
    : card.steps.filter(({ isDone }) => !isDone).map(({ id }) => id)

/** A key while the card is in front; null where it means nothing there and goes to what lies below. */
export function pressRecoveryKey(state: State, card: RecoveryCard, key: string): Step | null {
  if (key === 'esc') return stay(withNavigation(state, { isRecoveryClosed: true }))
  if (key === 'c') return card.kind === 'lost' ? copyCommand(state, card.recovery) : null
  const ids = linesOf(card)
  if (ids.length === 0) return null
  const here = ids.indexOf(chosenLine(state, card) ?? '')
  switch (key) {
    case 'up':
    case 'k':
      return stay(withRecovering(state, { chosen: ids[Math.max(0, here - 1)] ?? null }))
    case 'down':
    case 'j':
      return stay(withRecovering(state, { chosen: ids[Math.min(ids.length - 1, here + 1)] ?? null }))
    case 'enter':
      return take(state, card)
    default:
      return null
  }
}

function take(state: State, card: RecoveryCard): Step {
  const line = chosenLine(state, card)
  if (card.kind === 'remaining') return stay(goToStep(state, card.steps.find(({ id }) => id === line) ?? null))
  const { underWay } = state.recovering
  if (underWay !== null) return stay(notify(state, 'info', `A new cluster is being forced on ${underWay}`))
  const wish = card.choices.find(({ id }) => id === line)?.does
  if (wish === undefined) return stay(state)
  return wish.kind === 'fault' ? askForFault(state, wish) : askForNewCluster(state, wish)
}

/** To the node that it is about, whose keys do it, or to all of them. The banner leads back. */
function goToStep(state: State, step: RemainingStep | null): State {
  const away = withNavigation(state, { isRecoveryClosed: true })
  const nodeId = step?.nodeId ?? null
  return nodeId === null ? goTo(away, { kind: 'nodes' }) : push(away, { kind: 'node', nodeId })
}

function copyCommand(state: State, { command, survivor }: Recovery): Step {
  const where = survivor ?? 'one manager that still runs'
  const told = notify(state, 'info', `Copied ${command}: for a shell on ${where}, and there only`)
  return { state: told, effects: [{ kind: 'copy', text: command }] }
}

/** Brings the card back that was put away, or says that there is none. */
export function reopenRecovery(state: State): State {
  return recoveryCard(state) === null
    ? notify(state, 'info', 'The quorum is there, and nothing remains to be made good')
    : withNavigation(state, { isRecoveryClosed: false })
}

/** The engine has answered, when its manager was back; or it has not done it. */
export function answerNewCluster(state: State, { name }: NewCluster, trouble: string | null): Step {
  const over = withRecovering(state, { underWay: null })
  if (trouble === null) return readNow(over)
  const told = notify(over, 'danger', `No new cluster was forced: ${trouble}`)
  return stay(addToJournal(told, [{ kind: 'new-cluster', name, result: { kind: 'failed', text: trouble } }]))
}

/**
 * What a reading says of a lost quorum: that it is there again, that somebody has forced a new cluster, which then has to be
 * made good, or that this is done.
 */
export function followRecovery(state: State, before: Cluster | null, after: Cluster): State {
  const found = before === null ? null : findForced(before, after)
  if (found !== null) {
    const noted = addToJournal(state, [{ kind: 'new-cluster', name: found.survivor.name, result: { kind: 'seen' } }])
    return withNavigation(withRecovering(noted, { forced: found, chosen: null }), { isRecoveryClosed: false })
  }
  const { forced } = state.recovering
  if (forced === null) return withNavigation(state, { isRecoveryClosed: false })
  if (remainingSteps(forced, after).some(({ isDone }) => !isDone)) return state
  const { name } = forced.survivor
  return addToJournal(withRecovering(state, { forced: null }), [
    { kind: 'new-cluster', name, result: { kind: 'made-good' } },
  ])
}
