/**
 * Why a manager could not be found, asked or understood: an expected failure, told as a value. `explainProblem` makes
 * one sentence of it. Texts inside come from the outside and are untrusted.
 */
export type Problem =
  /** Nothing at this path. */
  | { readonly kind: 'no-socket'; readonly path: string }
  /** `group`: the group that owns the socket, `''` when it cannot be told. */
  | { readonly kind: 'permission-denied'; readonly path: string; readonly group: string }
  | { readonly kind: 'refused'; readonly address: string }
  /** Neither a refusal nor an answer. */
  | { readonly kind: 'unreachable'; readonly address: string; readonly detail: string }
  | { readonly kind: 'host-not-found'; readonly host: string }
  /** `side`: who did not accept the other's certificate, or that one of them speaks no TLS at all. */
  | {
      readonly kind: 'tls'
      readonly side: 'we-refused' | 'they-refused' | 'not-tls' | 'tls-wanted'
      readonly address: string
      readonly detail: string
    }
  | { readonly kind: 'ssh'; readonly target: string; readonly stderr: string; readonly exitCode: number | null }
  | { readonly kind: 'not-a-swarm'; readonly node: string }
  /** `managers`: addresses without the raft port. */
  | { readonly kind: 'worker'; readonly node: string; readonly managers: readonly string[] }
  | { readonly kind: 'locked'; readonly node: string }
  /** The manager part is starting, or its certificates have expired, or it failed: the engine's own words. */
  | { readonly kind: 'not-ready'; readonly node: string; readonly detail: string }
  | { readonly kind: 'api-too-old'; readonly found: string; readonly needed: string }
  /** The call failed because nobody leads (`quorum`: refused at once; `timeout`: after the engine's 20 s). */
  | {
      readonly kind: 'no-leader'
      readonly how: 'quorum' | 'timeout'
      readonly detail: string
      /** Addresses of the managers that the engine knew last, without the raft port; left out where it cannot tell. */
      readonly managers?: readonly string[]
    }
  /** Another swarm than the one we have been looking at. */
  | { readonly kind: 'other-swarm'; readonly address: string }
  /** Not what an Engine API answers: HTML, cut JSON, a body that is too large. */
  | { readonly kind: 'bad-answer'; readonly path: string; readonly detail: string }
  | { readonly kind: 'closed'; readonly path: string; readonly detail: string }
  | { readonly kind: 'http'; readonly status: number; readonly message: string }
  /** Where the engine is could not be worked out at all: a context that does not exist, a malformed URL. */
  | { readonly kind: 'configuration'; readonly text: string }
