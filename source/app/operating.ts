import type { MachineAction } from '../rules/machine-action.ts'
import { askForFault, askForOperations } from './asking.ts'
import { meantOperations, type PlainKind, removalHere } from './meant-operations.ts'
import { notify } from './navigating.ts'
import { shownNodeId } from './shown-service.ts'
import type { State } from './state.ts'
import { type Step, stay } from './step.ts'

/** A key asked for an operation on what is marked or selected: the question is put, or it is said why not. */
export function operate(state: State, kind: PlainKind): Step {
  const operations = meantOperations(state, kind)
  return operations.length === 0
    ? stay(notify(state, 'warning', NOTHING_SELECTED))
    : askForOperations(state, operations)
}

/** A key asked for something to happen to the machine of the selected node, which bears the node's hostname. */
export function strike(state: State, wanted: 'kill' | 'start' | 'cut-or-heal'): Step {
  const nodeId = shownNodeId(state) ?? ''
  const machine = state.reading?.cluster.nodeById.get(nodeId)?.node.hostname
  if (machine === undefined) return stay(notify(state, 'warning', NOTHING_SELECTED))
  const isCut = state.simulation?.seen?.machines.find(({ name }) => name === machine)?.isCut === true
  const action: MachineAction = wanted === 'cut-or-heal' ? (isCut ? 'heal' : 'cut') : wanted
  return askForFault(state, { kind: 'fault', action, nodeId, machine })
}

/** As the key for it: whatever can be removed here. */
export function removeHere(state: State): Step {
  const kind = removalHere(state)
  return kind === null ? stay(notify(state, 'warning', NOTHING_SELECTED)) : operate(state, kind)
}

const NOTHING_SELECTED = 'Nothing is selected here'
