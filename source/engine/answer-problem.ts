import type { Problem } from '../swarm/problem.ts'

/** SwarmKit's own words, without the wrapping of the calls between managers: `rpc error: code = X desc = `. */
export function withoutRpcPrefix(message: string): string {
  return message.replace(/^(?:rpc error: code = \w+ desc = )+/, '')
}

type ErrorAnswer = { readonly status: number; readonly path: string; readonly body: string }

/** The texts by which a daemon tells its situations apart; all it has besides are 500 and 503. */
const SITUATIONS: readonly { readonly says: RegExp; readonly problem: (detail: string, address: string) => Problem }[] =
  [
    {
      says: /The swarm does not have a leader/,
      problem: detail => ({ kind: 'no-leader', how: 'quorum', detail }),
    },
    {
      says: /code = DeadlineExceeded|context deadline exceeded|node lost leader status/,
      problem: detail => ({ kind: 'no-leader', how: 'timeout', detail }),
    },
    {
      says: /Use "docker swarm init" or "docker swarm join"/,
      problem: () => ({ kind: 'not-a-swarm', node: '' }),
    },
    {
      says: /Worker nodes can't be used to view or modify cluster state/,
      problem: () => ({ kind: 'worker', node: '', managers: [] }),
    },
    {
      says: /Swarm is encrypted and needs to be unlocked/,
      problem: () => ({ kind: 'locked', node: '' }),
    },
    {
      says: /Manager is being prepared|certificates have expired|code = Unavailable|client connection is closing/,
      problem: detail => ({ kind: 'not-ready', node: '', detail }),
    },
    {
      says: /Client sent an HTTP request to an HTTPS server|plain HTTP request was sent to HTTPS port/,
      problem: (detail, address) => ({ kind: 'tls', side: 'tls-wanted', address, detail }),
    },
  ]

/**
 * What an answer that is no success means. Names that the answer does not tell are left `''`.
 * Source: moby/moby daemon/cluster/errors.go, moby/swarmkit manager/state/raft/raft.go (ErrLostLeadership)
 */
export function answerProblem({ status, path, body }: ErrorAnswer, address: string): Problem {
  if (status < 400) return { kind: 'bad-answer', path, detail: `HTTP status ${status}` }
  const said = messageOf(body)
  if (said === null) return { kind: 'bad-answer', path, detail: `a web page with HTTP status ${status}` }
  return saidProblem(said, address) ?? { kind: 'http', status, message: withoutRpcPrefix(said) }
}

/** The situation that a daemon speaks of; null when the text is about the call itself. */
export function saidProblem(said: string, address: string): Problem | null {
  const situation = SITUATIONS.find(({ says }) => says.test(said))
  return situation?.problem(withoutRpcPrefix(said), address) ?? null
}

/** The daemon's `{"message"}`, or plain text, which it uses for a version that it no longer speaks; null for a page. */
function messageOf(body: string): string | null {
  try {
    const { message } = JSON.parse(body)
    if (typeof message === 'string') return message
  } catch {
    // A text that is no JSON may still be a sentence.
  }
  return body.trimStart().startsWith('<') ? null : body.trim().slice(0, LONGEST_TEXT)
}

const LONGEST_TEXT = 300
