import { callsOf } from '../../source/operations/calls.ts'
import type { Operation, Outcome } from '../../source/operations/operation.ts'
import type { SimulatedSwarm } from './simulated-swarm.ts'

type CarriedOut = {
  readonly outcome: Outcome
  /** Each as `POST /nodes/x/update?version=3`, without the waits between them. */
  readonly calls: readonly string[]
  readonly bodies: readonly unknown[]
}

/** Makes the calls of an operation on a simulated swarm. `before`: what happens before each of them. */
export function carryOut(
  swarm: SimulatedSwarm,
  operation: Operation,
  before: (call: string, index: number) => void = () => {},
): CarriedOut {
  const calls: string[] = []
  const bodies: unknown[] = []
  const talk = callsOf(operation)
  let step = talk.next()
  while (!step.done) {
    if (step.value.kind === 'wait') {
      swarm.pass(step.value.ms)
      step = talk.next({ ok: true, value: null })
      continue
    }
    const { method, path, query, body } = step.value
    const words = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    )
    const url = words.size === 0 ? path : `${path}?${words}`
    before(`${method} ${url}`, calls.length)
    calls.push(`${method} ${url}`)
    if (body !== undefined) bodies.push(body)
    const { status, value } = swarm.call(method, url, body)
    step = talk.next(
      status < 300 ? { ok: true, value } : { ok: false, status, text: (value as { readonly message: string }).message },
    )
  }
  return { outcome: step.value, calls, bodies }
}
