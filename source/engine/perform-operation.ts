import type { ApiNodeSpec } from '../api/node.ts'
import type { ApiServiceSpec } from '../api/service.ts'
import { changeNodeSpec, changeServiceSpec } from '../operations/change.ts'
import type { Operation, Outcome } from '../operations/operation.ts'
import { explainProblem } from '../swarm/explain-problem.ts'
import type { Problem } from '../swarm/problem.ts'
import { got } from './answer.ts'
import { ask, askForObject } from './ask.ts'
import type { Client } from './client.ts'
import type { Answer } from './engine.ts'
import { parseExactly } from './exact-json.ts'

type ApiObject = { readonly Version?: { readonly Index?: number }; readonly Spec?: object }

/**
 * Reads the object fresh, changes its spec, sends it with the version it was read with. When somebody else was quicker
 * it is read again, once. What the engine refuses is an outcome, in its own words, and so is whatever went wrong before
 * anything was sent; a problem is what kept the engine from answering to what may have reached it.
 * Source of the words: moby/swarmkit manager/state/store/memory.go (ErrSequenceConflict)
 */
export async function performOperation(
  client: Client,
  operation: Operation,
  signal: AbortSignal,
): Promise<Answer<Outcome>> {
  const outcome = await attempt(client, operation, signal)
  const isOutdated = outcome.ok && outcome.value.kind === 'refused' && /update out of sequence/.test(outcome.value.text)
  return isOutdated ? attempt(client, operation, signal) : outcome
}

async function attempt(client: Client, operation: Operation, signal: AbortSignal): Promise<Answer<Outcome>> {
  const path = pathOf(operation)
  const found = await askForObject<ApiObject>(client, { method: 'GET', path, signal, parse: parseExactly })
  if (!found.ok) return got({ kind: 'refused', text: whyNotFound(found.problem) })
  const { Spec: spec, Version: { Index: version } = {} } = found.value
  if (typeof version !== 'number' || typeof spec !== 'object' || spec === null) {
    const problem = { kind: 'bad-answer', path, detail: 'an object without a version or a spec' } as const
    return got({ kind: 'refused', text: whyNotFound(problem) })
  }
  const { body, forceUpdate, query } = change(operation, spec)
  const call = { method: 'POST', path: `${path}/update`, query: { version, ...query }, body, signal } as const
  const sent = await ask(client, call)
  return sent.ok ? got({ kind: 'accepted', version, forceUpdate, warnings: warningsOf(sent.value) }) : refusal(sent)
}

function pathOf(operation: Operation): string {
  return 'nodeId' in operation
    ? `/nodes/${encodeURIComponent(operation.nodeId)}`
    : `/services/${encodeURIComponent(operation.serviceId)}`
}

/** `registryAuthFrom=spec`: the new tasks pull with the credentials that the service has, as the CLI asks for. */
function change(operation: Operation, spec: object) {
  if ('nodeId' in operation) {
    return { body: changeNodeSpec(operation, spec as ApiNodeSpec), forceUpdate: null, query: {} }
  }
  const body = changeServiceSpec(operation, spec as ApiServiceSpec)
  return { body, forceUpdate: body.TaskTemplate?.ForceUpdate ?? null, query: { registryAuthFrom: 'spec' } }
}

/** That the object is gone says by itself that nothing was done to it. */
function whyNotFound(problem: Problem): string {
  return problem.kind === 'http' ? problem.message : `${explainProblem(problem)} (nothing was changed)`
}

function refusal(answer: Answer<never> & { readonly ok: false }): Answer<Outcome> {
  const { problem } = answer
  return problem.kind === 'http' ? got({ kind: 'refused', text: problem.message }) : answer
}

/** Nodes answer an update with nothing at all, services with their warnings or null. */
function warningsOf(body: string): readonly string[] {
  try {
    const { Warnings: warnings } = JSON.parse(body)
    return Array.isArray(warnings) ? warnings.filter(warning => typeof warning === 'string') : []
  } catch {
    return []
  }
}
