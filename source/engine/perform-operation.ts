import { setTimeout } from 'node:timers/promises'
import { type CallReply, callsOf, type OperationCall } from '../operations/calls.ts'
import type { Operation, Outcome } from '../operations/operation.ts'
import { explainProblem } from '../swarm/explain-problem.ts'
import { got } from './answer.ts'
import { ask } from './ask.ts'
import type { Client } from './client.ts'
import type { Answer } from './engine.ts'
import { parseExactly } from './exact-json.ts'

/**
 * Makes the calls of an operation, one after the other. What the engine refuses is an outcome, in its own words, and so is
 * whatever went wrong before anything was sent; a problem is what kept the engine from answering to what may have reached
 * it.
 */
export async function performOperation(
  client: Client,
  operation: Operation,
  signal: AbortSignal,
): Promise<Answer<Outcome>> {
  const calls = callsOf(operation)
  let hasSent = false
  for (let step = calls.next(); ; ) {
    if (step.done) return got(step.value)
    if (step.value.kind === 'call' && step.value.method !== 'GET') hasSent = true
    const reply = await make(client, step.value, signal)
    if (reply.ok) {
      step = calls.next(reply.value)
      continue
    }
    if (hasSent) return reply
    return got({ kind: 'refused', text: `${explainProblem(reply.problem)} (nothing was changed)` })
  }
}

async function make(client: Client, call: OperationCall, signal: AbortSignal): Promise<Answer<CallReply>> {
  if (call.kind === 'wait') {
    await setTimeout(call.ms, undefined, { signal }).catch(() => {})
    return got(NOTHING)
  }
  const { query, ...rest } = call
  const answer = await ask(client, { ...rest, ...(Object.keys(query).length > 0 && { query }), signal })
  if (answer.ok) return readReply(call, answer.value)
  const { problem } = answer
  return problem.kind === 'http' ? got({ ok: false, status: problem.status, text: problem.message }) : answer
}

const NOTHING: CallReply = { ok: true, value: null }

/** What a change is answered with is often nothing; what is read has to be JSON. */
function readReply({ method, path }: OperationCall & { kind: 'call' }, body: string): Answer<CallReply> {
  try {
    return got({ ok: true, value: parseExactly(body) })
  } catch {
    if (method !== 'GET') return got(NOTHING)
    return { ok: false, problem: { kind: 'bad-answer', path, detail: 'no JSON' } }
  }
}
