import { assertNever } from '../rules/assert-never.ts'
import { capitalise } from '../rules/capitalise.ts'
import { humanDuration } from '../rules/duration.ts'
import type { Why } from './cluster.ts'
import { explainExit } from './explain-exit.ts'

/**
 * One line that says why a slot is not running, without a full stop. `now` is the swarm's own time in milliseconds.
 * Contains the scheduler's and the container's own words: untrusted text.
 */
export function explainWhy(why: Why, nodeName: (id: string) => string, now: number): string {
  switch (why.kind) {
    case 'pending':
      return `Pending${lasting(why, now)}: ${why.error || 'no node has been chosen yet'}`
    case 'preparing':
      return `Preparing${lasting(why, now)} on ${nodeName(why.nodeId)}`
    case 'starting':
      return `Starting${lasting(why, now)} on ${nodeName(why.nodeId)}`
    case 'waiting-to-start':
      return `Waiting${lasting(why, now)} to start on ${nodeName(why.nodeId)}: for its delay, or for the old task to stop`
    case 'on-down-node':
      return `On ${nodeName(why.nodeId)}, down${lasting(why, now, 'for ')}`
    case 'failing':
      return why.times === 1
        ? `Failed once${reason(why)} (on ${nodeName(why.nodeId)})`
        : `Failed ${why.times} times${reason(why)} (in${lasting(why, now)}, last on ${nodeName(why.nodeId)})`
    case 'ended':
      return `${capitalise(why.state)}, not restarted${reason(why)} (${[lasting(why, now, '', ' ago').trim(), `on ${nodeName(why.nodeId)}`].filter(Boolean).join(' ')})`
    case 'no-task':
      return 'No task has been made for it'
    default:
      return assertNever(why)
  }
}

/** With its blank in front; nothing where the time is not known, as for a node that has been removed. */
const lasting = ({ since }: { readonly since: number }, now: number, before = '', after = '') =>
  since === 0 ? '' : ` ${before}${humanDuration(now - since)}${after}`

function reason({ error, exitCode }: { readonly error: string; readonly exitCode: number | null }): string {
  const ended = error || (exitCode === null ? '' : `exit code ${exitCode}`)
  const parts = [ended, explainExit(exitCode, error)].filter(Boolean)
  return parts.length === 0 ? '' : `: ${parts.join(', ')}`
}
