import type { ApiNode, ApiNodeSpec } from '../api/node.ts'
import type { ApiService, ApiServiceSpec } from '../api/service.ts'
import { assertNever } from '../rules/assert-never.ts'
import { explainProblem } from '../swarm/explain-problem.ts'
import { objectIn, textIn } from '../swarm/read-field.ts'
import { STACK_LABEL } from '../swarm/stack.ts'
import { type ApiSwarmSpec, changeNodeSpec, changeServiceSpec, changeSwarmSpec } from './change.ts'
import type { NodeOperation, Operation, OperationOf, Outcome, ServiceOperation } from './operation.ts'

/** What an operation asks of an engine next. A path has no version in front; a query never holds any of a spec. */
export type OperationCall =
  | {
      readonly kind: 'call'
      readonly method: 'GET' | 'POST' | 'DELETE'
      readonly path: string
      readonly query: Readonly<Record<string, string | number | boolean>>
      readonly body?: object
    }
  /** Time has to pass before the next call. */
  | { readonly kind: 'wait'; readonly ms: number }

/**
 * What came of a call: the JSON of the answer as it came, null where there was none; or what the engine said when it
 * refused. Of a wait the answer is not looked at.
 */
export type CallReply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly status: number; readonly text: string }

type Talk<Result = Outcome> = Generator<OperationCall, Result, CallReply>

/**
 * The calls that carry out an operation, one after the other, each decided by the answer to the one before: the object is
 * read fresh, its spec changed, and sent with the version it was read with; when somebody else was quicker it is read
 * again, once. Whoever runs this makes the calls, on an engine or in a rehearsal, and gives back what came of them; what
 * keeps an engine from answering at all is theirs to tell.
 * Source of the words: moby/swarmkit manager/state/store/memory.go (ErrSequenceConflict)
 */
export function callsOf(operation: Operation): Talk {
  switch (operation.kind) {
    case 'remove-node':
      return removeNode(operation)
    case 'remove-service':
      return removeService(operation)
    case 'remove-stack':
      return removeStack(operation)
    case 'set-history-limit':
      return update('/swarm', spec => ({ body: changeSwarmSpec(operation, spec as ApiSwarmSpec), query: NO_ROTATION }))
    case 'drain':
    case 'activate':
    case 'pause':
    case 'promote':
    case 'demote':
    case 'label-node':
      return updateNode(operation)
    case 'force-update':
    case 'scale':
    case 'change-image':
    case 'roll-back':
    case 'label-service':
      return updateService(operation)
    case 'resume-update':
      return resumeUpdate(operation)
    default:
      return assertNever(operation)
  }
}

const nodePath = ({ nodeId }: NodeOperation): string => `/nodes/${encodeURIComponent(nodeId)}`
const servicePath = ({ serviceId }: ServiceOperation): string => `/services/${encodeURIComponent(serviceId)}`

const updateNode = (operation: Exclude<NodeOperation, { kind: 'remove-node' }>): Talk =>
  update(nodePath(operation), spec => ({ body: changeNodeSpec(operation, spec as ApiNodeSpec), query: {} }))

/**
 * `registryAuthFrom=spec`: the new tasks pull with the credentials that the service has, as the CLI asks for; it does not
 * ask when it scales or rolls back, and the engine then does the same.
 */
function updateService(operation: Exclude<ServiceOperation, { kind: 'remove-service' }>): Talk {
  return update(servicePath(operation), spec => {
    if (operation.kind === 'scale' && !isScalable(spec)) return NOT_SCALABLE
    const body = changeServiceSpec(operation, spec as ApiServiceSpec)
    const isForced = operation.kind === 'force-update'
    return {
      body,
      query: operation.kind === 'roll-back' ? { rollback: 'previous' } : { registryAuthFrom: 'spec' },
      forceUpdate: isForced ? (body.TaskTemplate?.ForceUpdate ?? null) : null,
    }
  })
}

/**
 * The same spec is sent again. The orchestrator may miss it: while it looks whether a paused update has to go on, which each
 * event of a task makes it do, it takes that spec for what is under way already. Where no update is under way then it is
 * sent once more, which changes nothing where there was nothing left to do.
 * Source: moby/swarmkit manager/orchestrator/update/updater.go (Supervisor.Update)
 */
function* resumeUpdate(operation: OperationOf<'resume-update'>): Talk {
  const path = servicePath(operation)
  const before = yield* get(path)
  let outcome = yield* updateService(operation)
  for (let tries = 1; tries < RESUME_TRIES && outcome.kind === 'accepted'; tries += 1) {
    yield { kind: 'wait', ms: RESUMES_WITHIN_MS }
    const found = yield* get(path)
    if (!before.ok || !found.ok || hasUpdate(found.value) || !isSameSpec(before.value, found.value)) return outcome
    const again = yield* updateService(operation)
    if (again.kind === 'refused') return outcome
    outcome = again
  }
  return outcome
}

/** What somebody else has changed meanwhile is theirs: sent again, it would be what a rollback leads to. */
const isSameSpec = (one: unknown, other: unknown): boolean =>
  JSON.stringify(objectIn(one as ApiService).Spec) === JSON.stringify(objectIn(other as ApiService).Spec)

const RESUME_TRIES = 4
const RESUMES_WITHIN_MS = 1_000

const hasUpdate = (answer: unknown): boolean =>
  textIn(objectIn(objectIn(answer as ApiService).UpdateStatus).State) !== ''

/** In the CLI's words, since the engine takes the spec that it has already. */
const NOT_SCALABLE = 'scale can only be used with replicated or replicated-job mode'

const isScalable = ({ Mode: mode }: ApiServiceSpec): boolean =>
  mode?.Global === undefined && mode?.GlobalJob === undefined

/** The tokens and the unlock key stay. Source: docker/cli cli/command/swarm/update.go */
const NO_ROTATION = { rotateWorkerToken: false, rotateManagerToken: false, rotateManagerUnlockKey: false }

/** What is sent instead of a spec; or, in a sentence, why nothing is. */
type Change = (spec: object) =>
  | string
  | {
      readonly body: object
      readonly query: Readonly<Record<string, string | number | boolean>>
      readonly forceUpdate?: number | null
    }

function* update(path: string, change: Change): Talk {
  const outcome = yield* attempt(path, change)
  const isOutdated = outcome.kind === 'refused' && /update out of sequence/.test(outcome.text)
  return isOutdated ? yield* attempt(path, change) : outcome
}

function* attempt(path: string, change: Change): Talk {
  const found = yield* get(path)
  if (!found.ok) return refused(found.text)
  const { Spec: spec, Version } = objectIn(found.value as ApiService & ApiNode)
  const { Index: version } = objectIn(Version)
  if (typeof version !== 'number' || typeof spec !== 'object' || spec === null) {
    const problem = { kind: 'bad-answer', path, detail: 'an object without a version or a spec' } as const
    return refused(`${explainProblem(problem)} (nothing was changed)`)
  }
  const changed = change(spec)
  if (typeof changed === 'string') return refused(changed)
  const { body, query, forceUpdate = null } = changed
  const sent = yield { kind: 'call', method: 'POST', path: `${path}/update`, query: { version, ...query }, body }
  return sent.ok ? accepted({ version, forceUpdate, warnings: warningsIn(sent.value) }) : refused(sent.text)
}

/**
 * A manager is demoted first, and removed when the raft has let it go: a member that is no longer in the list would still
 * be counted. One that is a manager by its role alone, as after a new cluster was forced, cannot be demoted and need not be.
 * A demotion that has been done stays done.
 * Source: moby/swarmkit manager/controlapi/node.go (RemoveNode)
 */
function* removeNode(operation: OperationOf<'remove-node'>): Talk {
  const path = nodePath(operation)
  const { nodeId, name, isForced } = operation
  const found = yield* get(path)
  if (!found.ok) return refused(found.text)
  const isCounted = isMember(found.value)
  const isManager = isCounted && textIn(objectIn(objectIn(found.value as ApiNode).Spec).Role) === 'manager'
  if (isManager) {
    const demoted = yield* updateNode({ kind: 'demote', nodeId, name })
    if (demoted.kind === 'refused') return demoted
  }
  if (isCounted && !(yield* hasLeftManagers(path))) {
    return refused(`${name} is demoted, but still counted among the managers: remove it when it no longer is`)
  }
  const gone = yield { kind: 'call', method: 'DELETE', path, query: isForced ? { force: 1 } : {} }
  return gone.ok ? accepted() : refused(isManager ? `${gone.text} (${name} was demoted all the same)` : gone.text)
}

/**
 * The leader takes a member out of the raft within a second, and tries again every five where it cannot. That nobody answers
 * while a leader is replaced says nothing.
 */
function* hasLeftManagers(path: string): Talk<boolean> {
  for (let waitedMs = 0; waitedMs <= LEAVES_WITHIN_MS; waitedMs += LOOK_EVERY_MS) {
    const found = yield* get(path)
    if (found.ok ? !isMember(found.value) : found.status === 404) return true
    yield { kind: 'wait', ms: LOOK_EVERY_MS }
  }
  return false
}

function isMember(answer: unknown): boolean {
  const { ManagerStatus: status } = objectIn(answer as ApiNode)
  return typeof status === 'object' && status !== null
}

const LOOK_EVERY_MS = 500
const LEAVES_WITHIN_MS = 20_000

function* removeService(operation: OperationOf<'remove-service'>): Talk {
  const gone = yield { kind: 'call', method: 'DELETE', path: servicePath(operation), query: {} }
  return gone.ok ? accepted() : refused(gone.text)
}

/**
 * Services, secrets, configs, networks, in this order, whatever of it is refused: as `docker stack rm` does. A network is
 * in use until its tasks have been told to stop, which takes a moment.
 * Source: docker/cli cli/command/stack/swarm/remove.go
 */
function* removeStack({ stack, name }: OperationOf<'remove-stack'>): Talk {
  const found: Member[] = []
  for (const kind of STACK_KINDS) {
    const listed = yield* listMembers(kind, stack)
    if (!listed.ok) return refused(listed.text)
    found.push(...listed.members)
  }
  if (found.length === 0) return refused(`nothing found in stack: ${name}`)
  const refusals: string[] = []
  for (const { kind, id, name: member } of found) {
    const gone = yield* removeMember(`/${kind}s/${encodeURIComponent(id)}`, kind === 'network' ? NETWORK_TRIES : 1)
    if (!gone.ok && gone.status !== 404) refusals.push(`${kind} ${member}: ${gone.text}`)
  }
  if (refusals.length === 0) return accepted()
  return refused(`${found.length - refusals.length} of ${found.length} removed; ${refusals.join('; ')}`)
}

const STACK_KINDS = ['service', 'secret', 'config', 'network'] as const
const NETWORK_TRIES = 10

type Member = { readonly kind: (typeof STACK_KINDS)[number]; readonly id: string; readonly name: string }
type Members =
  | { readonly ok: true; readonly members: readonly Member[] }
  | { readonly ok: false; readonly text: string }

function* listMembers(kind: Member['kind'], stack: string): Talk<Members> {
  const filters = JSON.stringify({ label: { [`${STACK_LABEL}=${stack}`]: true } })
  const listed = yield { kind: 'call', method: 'GET', path: `/${kind}s`, query: { filters } }
  if (!listed.ok) return listed
  const entries: readonly unknown[] = Array.isArray(listed.value) ? listed.value : []
  const members = entries.map((entry): Member => {
    const { ID, Id, Name, Spec } = objectIn(entry as WireMember)
    const id = textIn(ID) || textIn(Id)
    return { kind, id, name: textIn(Name) || textIn(objectIn(Spec).Name) || id }
  })
  return { ok: true, members: members.filter(({ id }) => id !== '').toSorted(byName) }
}

type WireMember = {
  readonly ID?: string
  readonly Id?: string
  readonly Name?: string
  readonly Spec?: { readonly Name?: string }
}

const byName = (one: Member, other: Member): number => (one.name < other.name ? -1 : one.name > other.name ? 1 : 0)

function* removeMember(path: string, tries: number): Talk<CallReply> {
  const gone = yield { kind: 'call', method: 'DELETE', path, query: {} }
  if (gone.ok || tries <= 1 || !/is in use by task/.test(gone.text)) return gone
  yield { kind: 'wait', ms: LOOK_EVERY_MS }
  return yield* removeMember(path, tries - 1)
}

function* get(path: string): Talk<CallReply> {
  return yield { kind: 'call', method: 'GET', path, query: {} }
}

type Accepted = Omit<Outcome & { kind: 'accepted' }, 'kind'>

const accepted = ({ version, forceUpdate, warnings }: Accepted = NOTHING_TO_SEE): Outcome => ({
  kind: 'accepted',
  version,
  forceUpdate,
  warnings,
})
const refused = (text: string): Outcome => ({ kind: 'refused', text })

const NOTHING_TO_SEE: Accepted = { version: 0, forceUpdate: null, warnings: [] }

/** Nodes answer an update with nothing at all, services with their warnings or null. */
function warningsIn(value: unknown): readonly string[] {
  const { Warnings: warnings } = objectIn(value as { readonly Warnings?: unknown })
  return Array.isArray(warnings) ? warnings.filter(warning => typeof warning === 'string') : []
}
