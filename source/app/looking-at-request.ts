import { askGracefulDrain } from '../operations/ask-graceful-drain.ts'
import { askQuestion } from '../operations/ask-question.ts'
import { warning } from '../operations/consequence.ts'
import { askBeforeFault, type Fault } from '../operations/fault.ts'
import { READ_ONLY } from '../operations/guard-operation.ts'
import { isMetAlready } from '../operations/is-met-already.ts'
import { askBeforeNewCluster, type NewCluster } from '../operations/new-cluster.ts'
import type { Consequence, Operation, OperationOf, Question, Wish } from '../operations/operation.ts'
import type { Sequence } from '../operations/sequence.ts'
import { together } from '../operations/together.ts'
import { assertNever } from '../rules/assert-never.ts'
import type { Cluster } from '../swarm/cluster.ts'
import { reasonAgainst } from './acting.ts'
import type { Request } from './acting-state.ts'
import { isQuorumLost, managersOf } from './lost-quorum.ts'
import { folderOfSockets, OUT_OF_REACH } from './simulating.ts'
import type { State } from './state.ts'

/** What there is to ask about a request as the swarm is now; or why it cannot be done; or that it need not be asked. */
export type Looked =
  | { readonly kind: 'question'; readonly question: Question }
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'needless'; readonly wish: Wish }

/** Looks at what was asked for: when it is, with each reading while it is asked about, and when the answer is yes. */
export function lookAtRequest(state: State, request: Request): Looked {
  switch (request.kind) {
    case 'operations':
      return lookAtOperations(state, request.operations)
    case 'sequence':
      return lookAtSequence(state, request.sequence, request.besides)
    case 'graceful-drain':
      return lookAtGracefulDrain(state, { kind: 'drain', nodeId: request.nodeId, name: request.name })
    case 'fault':
      return lookAtFault(state, request.fault)
    case 'new-cluster':
      return lookAtNewCluster(state, request.newCluster)
    default:
      return assertNever(request)
  }
}

type Judged = { readonly operation: Operation; readonly reason: string | null }

function lookAtOperations(state: State, operations: readonly Operation[]): Looked {
  const { reading } = state
  const judged: readonly Judged[] = operations.map(operation => ({
    operation,
    reason: reasonToLeave(state, operation),
  }))
  const [first, ...others] = judged.flatMap(({ operation, reason }) => (reason === null ? [operation] : []))
  const reasons = [...new Set(judged.flatMap(({ reason }) => reason ?? []))]
  if (first === undefined || reading === null) return refused(listReasons(reasons))
  const wish = others.length === 0 ? first : together([first, ...others])
  const besides = reasons.length === 0 ? [] : [warning(`left out: ${listReasons(reasons)}`)]
  return { kind: 'question', question: askQuestion(wish, reading.cluster, besides) }
}

/** What is so already is passed over when its turn comes, and keeps the rest from nothing. */
function lookAtSequence(state: State, sequence: Sequence, besides: readonly Consequence[]): Looked {
  const { reading } = state
  if (reading === null) return refused(reasonToLeave(state, sequence.operations[0]) ?? '')
  const left = sequence.operations.filter(operation => !isMetAlready(operation, reading.cluster))
  const reason = left.map(operation => reasonToLeave(state, operation)).find(reason => reason !== null)
  if (reason !== undefined && reason !== null) return refused(reason)
  return { kind: 'question', question: askQuestion(sequence, reading.cluster, besides) }
}

/** Where a drain cannot be, a graceful one cannot either. */
function lookAtGracefulDrain(state: State, drain: OperationOf<'drain'>): Looked {
  const reason = reasonToLeave(state, drain)
  const cluster = state.reading?.cluster
  const entry = cluster?.nodeById.get(drain.nodeId)
  if (reason !== null || cluster === undefined || entry === undefined) return refused(reason ?? '')
  return { kind: 'question', question: askGracefulDrain(entry, cluster) }
}

/** A fault asks nothing of the swarm: it can happen while that is silent, and may be what makes it answer again. */
function lookAtFault({ settings, simulation, reading }: State, fault: Fault): Looked {
  if (settings.isReadOnly) return refused(READ_ONLY)
  if (simulation === null || simulation.seen === null) return refused(OUT_OF_REACH)
  const { machines } = simulation.seen
  const directory = folderOfSockets(simulation)
  const question = reading === null ? null : askBeforeFault(fault, { cluster: reading.cluster, machines, directory })
  return question === null ? { kind: 'needless', wish: fault } : { kind: 'question', question }
}

/** A quorum that is there must not be forked off; and what is to go on has to be there itself. */
function lookAtNewCluster(state: State, newCluster: NewCluster): Looked {
  const { settings, simulation, reading } = state
  if (settings.isReadOnly) return refused(READ_ONLY)
  if (simulation === null || simulation.seen === null || reading === null) return refused(OUT_OF_REACH)
  if (!isQuorumLost(state)) return refused('The quorum is there: no new cluster is needed')
  const { present, absent } = managersOf(state)
  if (!present.some(({ machine }) => machine === newCluster.machine)) {
    return refused(`The machine ${newCluster.machine} is not up: it cannot go on as the only manager`)
  }
  const startable = absent.map(({ name }) => name)
  return { kind: 'question', question: askBeforeNewCluster(newCluster, reading.cluster, startable) }
}

const refused = (reason: string): Looked => ({ kind: 'refused', reason })

/** What a question names must be what is acted on: what is called otherwise by now has to be asked for by that name. */
function reasonToLeave(state: State, operation: Operation): string | null {
  const reason = reasonAgainst(state, operation)
  return reason ?? (state.reading === null ? null : explainNewName(operation, state.reading.cluster))
}

function explainNewName(operation: Operation, { nodeById }: Cluster): string | null {
  if (!('nodeId' in operation)) return null
  const name = nodeById.get(operation.nodeId)?.name ?? operation.name
  return name === operation.name ? null : `Node ${operation.name} is called ${name} by now: ask for it by that name`
}

/** The first ones; what is common to all, as that nothing can be changed, is one. */
function listReasons(reasons: readonly string[]): string {
  const shown = reasons.slice(0, SHOWN_REASONS)
  const more = reasons.length - shown.length
  return [...shown, ...(more === 0 ? [] : [`and ${more} more`])].join('; ')
}

const SHOWN_REASONS = 5
