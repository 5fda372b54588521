import { assertNever } from '../../rules/assert-never.ts'
import { type Refusal, refusedBySwarm } from '../control-api/refusal.ts'
import { reachLeader } from '../raft/reach-leader.ts'
import type { Wait } from '../world/pending-call.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Call } from './call.ts'

export type Asked =
  | { readonly kind: 'answered'; readonly swarm: Swarm }
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** The call has to hang: its route answers with this as its result. */
  | { readonly kind: 'wait'; readonly waitsFor: Wait }

export const NO_LEADER =
  "The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online."

/**
 * Asks the leader on behalf of a call to a manager's engine. What writes needs a leader with a majority, what reads is
 * content with any. A call whose patience is over does not wait any more and is refused.
 *
 * Source: moby/moby daemon/cluster/cluster.go (swarmRequestTimeout), daemon/cluster/errors.go
 */
export function askLeader(call: Call, access: 'read' | 'write'): Asked {
  if (call.patience === 'over') {
    return { kind: 'refused', refusal: refusedBySwarm('DeadlineExceeded', 'context deadline exceeded').refusal }
  }
  const contact = reachLeader(call.world, call.machine)
  switch (contact.kind) {
    case 'leader':
      if (access === 'read' || contact.canWrite) return { kind: 'answered', swarm: contact.swarm }
      return { kind: 'wait', waitsFor: { kind: 'commit', leader: contact.leader } }
    case 'none':
      return { kind: 'wait', waitsFor: { kind: 'leader' } }
    case 'silent':
      return { kind: 'wait', waitsFor: { kind: 'nothing' } }
    case 'given-up':
      if (call.patience === 'fresh') return { kind: 'refused', refusal: refusedBySwarm('Unknown', NO_LEADER).refusal }
      return { kind: 'wait', waitsFor: { kind: 'leader' } }
    default:
      return assertNever(contact)
  }
}
