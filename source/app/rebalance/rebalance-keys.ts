import { dockerCommand } from '../../operations/docker-command.ts'
import { rebalanceConsequences } from '../../operations/rebalance/rebalance-consequences.ts'
import { sayRebalance, sequenceOfRebalance } from '../../operations/rebalance/sequence-of-rebalance.ts'
import { assertNever } from '../../rules/assert-never.ts'
import { counted } from '../../rules/counted.ts'
import { askForSequence } from '../asking.ts'
import { currentView } from '../current-view.ts'
import type { Intent } from '../intent.ts'
import { keyGroupsOf } from '../key-groups.ts'
import { moveSelection, notify, push, withView } from '../navigating.ts'
import { selectedRow } from '../rows/panel-rows.ts'
import { shownService } from '../shown-service.ts'
import type { State } from '../state.ts'
import { type Step, stay } from '../step.ts'
import { shownRebalance } from './shown-rebalance.ts'

/** A key of the rebalance planner, or the one that leads there. */
export function pressRebalanceKey(state: State, action: (Intent & { readonly kind: 'rebalance' })['action']): Step {
  switch (action) {
    case 'open':
      return stay(openRebalance(state))
    case 'choose':
      return stay(choose(state))
    case 'start':
      return start(state)
    case 'copy':
      return copyCommands(state)
    default:
      return assertNever(action)
  }
}

/** The planner, with the service selected that the keys were about. On the overview they are about all of it. */
function openRebalance(state: State): State {
  const isOfService = currentView(state).screen.kind !== 'overview' && keyGroupsOf(state).includes('service')
  const service = isOfService ? shownService(state) : null
  return push(
    state,
    { kind: 'rebalance' },
    service === null ? {} : { focus: 'rebalance', selection: { rebalance: service.service.id } },
  )
}

/** Takes the selected service in or out, and goes to the next. */
function choose(state: State): State {
  const row = selectedRow(state, 'rebalance')
  if (row === null) return notify(state, 'info', 'There is nothing to choose here')
  if (row.standing.kind === 'never') {
    return notify(state, 'info', `${row.entry.service.name} cannot be chosen: ${row.standing.reason}`)
  }
  const { id } = row.entry.service
  const { added = [], refused = [] } = currentView(state).rebalance ?? {}
  const without = (ids: readonly string[]) => ids.filter(other => other !== id)
  const rebalance = row.isChosen
    ? { added: without(added), refused: [...without(refused), id] }
    : { added: [...without(added), id], refused: without(refused) }
  return moveSelection(withView(state, { rebalance }), 'row', 1)
}

/** What is chosen is asked about as one sequence. */
function start(state: State): Step {
  const rebalance = shownRebalance(state)
  const sequence = rebalance === null ? null : sequenceOfRebalance(rebalance)
  if (rebalance === null || sequence === null) return stay(notify(state, 'info', sayNothing(state)))
  return askForSequence(state, sequence, rebalanceConsequences(rebalance))
}

function sayNothing(state: State): string {
  const rebalance = shownRebalance(state)
  return rebalance === null ? 'There is no reading of the swarm yet' : sayRebalance(rebalance)
}

function copyCommands(state: State): Step {
  const rebalance = shownRebalance(state)
  const cluster = state.reading?.cluster
  const sequence = rebalance === null ? null : sequenceOfRebalance(rebalance)
  if (sequence === null || cluster === undefined) return stay(notify(state, 'info', sayNothing(state)))
  const commands = sequence.operations.map(operation => dockerCommand(operation, cluster))
  const told = notify(state, 'info', `Copied ${counted(commands.length, 'command')}`)
  return { state: told, effects: [{ kind: 'copy', text: commands.join('\n') }] }
}
