import type { ApiInfo } from '../api/info.ts'
import type { Problem } from '../swarm/problem.ts'
import { saidProblem, withoutRpcPrefix } from './answer-problem.ts'

/**
 * Why an engine that says this of itself cannot tell about the swarm; null when it can.
 * Source: moby/moby daemon/cluster/noderunner.go and swarm.go (Info)
 */
export function situationProblem(info: ApiInfo): Problem | null {
  const { LocalNodeState: state, ControlAvailable: isManager, Error: said } = info.Swarm ?? {}
  const error = textOf(said)
  const node = textOf(info.Name)
  switch (state) {
    case 'active':
      if (!isManager) return { kind: 'worker', node, managers: managerAddresses(info) }
      return error !== '' && !info.Swarm?.Cluster?.ID ? named(errorProblem(error), info) : null
    case 'locked':
      return { kind: 'locked', node }
    case 'pending':
    case 'error':
      return named(errorProblem(error), info)
    case undefined: // A proxy may have dropped it; the other calls will tell.
      return null
    default:
      return { kind: 'not-a-swarm', node }
  }
}

/** Fills in what the refusal of a call leaves out and `/info` tells. */
export function named(problem: Problem, info: ApiInfo): Problem {
  if (problem.kind === 'no-leader' && info.Swarm?.RemoteManagers)
    return { ...problem, managers: managerAddresses(info) }
  if (!('node' in problem) || problem.node !== '') return problem
  const node = textOf(info.Name)
  return problem.kind === 'worker' ? { ...problem, node, managers: managerAddresses(info) } : { ...problem, node }
}

/** The same texts as those of refused calls; any other says what the manager part is busy or at odds with. */
function errorProblem(error: string): Problem {
  return saidProblem(error, '') ?? { kind: 'not-ready', node: '', detail: withoutRpcPrefix(error) }
}

/** Without the raft port, which is of no use to a client. */
function managerAddresses(info: ApiInfo): readonly string[] {
  const { RemoteManagers: managers } = info.Swarm ?? {}
  if (!Array.isArray(managers)) return []
  return managers.map(manager => textOf(manager?.Addr).replace(/:\d+$/, '')).filter(address => address !== '')
}

/** What comes over the wire is not checked against its type. */
function textOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}
