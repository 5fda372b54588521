import { type CallReply, callsOf, type OperationCall } from '../operations/calls.ts'
import type { Operation, Outcome } from '../operations/operation.ts'
import type { Simulator } from '../simulator/simulator.ts'
import { nextDue } from '../simulator/simulator.ts'
import type { Copy } from './copy-swarm.ts'

/** Asks the copied swarm for an operation as the engine would be asked, and says what came of it. */
export function carryOut(
  simulator: Simulator,
  { world, swarm }: Pick<Copy, 'world' | 'swarm'>,
  operation: Operation,
): Outcome {
  const talk = callsOf(operation)
  let next = talk.next()
  while (!next.done) next = talk.next(next.value.kind === 'wait' ? pass(next.value.ms) : ask(next.value))
  return next.value

  function pass(ms: number): CallReply {
    simulator.advance(world.now + ms)
    return { ok: true, value: null }
  }

  function ask({ method, path, query, body }: OperationCall & { kind: 'call' }): CallReply {
    const machine = askedMachine()
    if (machine === null) return NOBODY
    const text = new URLSearchParams(
      Object.entries(query).map(([name, value]): [string, string] => [name, String(value)]),
    ).toString()
    const reply = simulator.handle({
      machine,
      method,
      path: text === '' ? path : `${path}?${text}`,
      headers: body === undefined ? {} : { 'content-type': 'application/json' },
      body: body === undefined ? '' : JSON.stringify(body),
    })
    switch (reply.kind) {
      case 'answer':
        return readReply(reply.status, reply.body)
      case 'pending':
        return hangOn(reply.stream)
      default:
        return NOBODY
    }
  }

  /** Without a leader a call hangs until there is one, or the engine's patience is over. */
  function hangOn(id: string): CallReply {
    for (let due = nextDue(world); due !== null; due = nextDue(world)) {
      const told = simulator.advance(due).find(({ stream }) => stream === id)
      if (told?.head !== undefined) return readReply(told.head.status, told.text)
    }
    return NOBODY
  }

  /** The leader's own engine, or any manager's that is on. */
  function askedMachine(): string | null {
    const managers = Object.values(world.machines).filter(
      ({ power, membership }) => power === 'on' && membership?.manager != null,
    )
    const leading = managers.find(({ membership }) => membership?.nodeId === swarm.raft.leader)
    return (leading ?? managers[0])?.name ?? null
  }
}

const NOBODY: CallReply = { ok: false, status: 503, text: 'no manager answers' }

function readReply(status: number, body: string): CallReply {
  const value = parse(body)
  if (status < 300) return { ok: true, value }
  const { message } = (value ?? {}) as { readonly message?: unknown }
  return { ok: false, status, text: typeof message === 'string' ? message : body }
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}
