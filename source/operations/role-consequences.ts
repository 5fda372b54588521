import { parseConstraints } from '../rules/constraints.ts'
import type { Cluster, ClusterNode } from '../swarm/cluster.ts'
import type { NodeRole } from '../swarm/node.ts'
import { danger, guess, info, warning } from './consequence.ts'
import type { Consequence } from './operation.ts'
import { named } from './phrases.ts'
import { tasksOnNode } from './tasks-on-node.ts'
import { sayChange, type Tolerance, toleranceNow, toleranceWithNewMember, toleranceWithoutMember } from './tolerance.ts'

/** Source: moby/swarmkit manager/role_manager.go, node/node.go. Neither promotion nor demotion moves a task by itself. */
export function promoteConsequences(entry: ClusterNode, cluster: Cluster): readonly Consequence[] {
  const { node, name } = entry
  const isUp = node.state !== 'down'
  const after = toleranceWithNewMember(cluster.quorum)
  const change = sayChange(toleranceNow(cluster.quorum), after)
  return [
    ...(isUp ? [] : [warning(`${name} is Down: it becomes a manager only when it is back`)]),
    isUp ? guess(info(change)) : info(`then ${change}`),
    ...explainEvenCount(after),
    ...explainLostManagers(entry, cluster),
    ...explainRoleConstraints(entry, cluster, 'manager'),
    info(`${name} will hold the whole state of the swarm, its secrets too, and can change all of it`),
  ]
}

/**
 * A node joins the raft through the manager that it knows. Where that one is gone, engines list it as Reachable while its
 * own `/info` says error, and those before 23 turn it Down (walkthrough 2.2). Through which manager it came no API tells.
 */
function explainLostManagers({ name }: ClusterNode, { quorum }: Cluster): readonly Consequence[] {
  const lost = quorum.members.filter(member => !member.isReachable).map(member => member.name)
  if (lost.length === 0) return []
  const where = `docker info on ${name} then says error, though it reads Reachable here`
  return [warning(`if ${name} joined through ${named(lost)}, which is gone, it does not become one: ${where}`)]
}

/** The refusals of the daemon are `guardOperation`'s; here stands what it does not refuse. */
export function demoteConsequences(entry: ClusterNode, cluster: Cluster): readonly Consequence[] {
  const { quorum } = cluster
  const member = quorum.members.find(({ nodeId }) => nodeId === entry.node.id)
  if (member === undefined) return [info(`${entry.name} has not joined the managers, so their number stays as it is`)]
  const after = toleranceWithoutMember(quorum, member)
  return [
    ...explainLoss(toleranceNow(quorum), after),
    ...(member.isReachable ? [] : [info(`${entry.name} cannot be reached; demoted, it no longer counts`)]),
    ...explainEvenCount(after),
    ...(member.isLeader
      ? [
          guess(
            warning(`${entry.name} leads: another manager takes over, and for some seconds the swarm may not answer`),
          ),
        ]
      : []),
    ...(entry.isSelf
      ? [warning(`we see the swarm through ${entry.name}: as a worker it shows nothing, another manager must be asked`)]
      : []),
    ...explainRoleConstraints(entry, cluster, 'worker'),
  ]
}

function explainLoss(before: Tolerance, after: Tolerance): readonly Consequence[] {
  const change = sayChange(before, after)
  const weigh = after.canLose > 0 ? info : danger
  return [guess(weigh(`${change}${after.canLose > 0 ? '' : ONE_MORE}`))]
}

/** What is behind a tolerance of none. */
export const ONE_MORE = ': one more lost stops the control plane'

function explainEvenCount({ members }: Tolerance): readonly Consequence[] {
  if (members % 2 === 1) return []
  if (members === 2) return [warning('with two managers, losing either one loses the quorum')]
  return [warning(`an even number of managers: ${members} survive no more losses than ${members - 1} would`)]
}

/**
 * When the role has changed, tasks that are tied to the old one are rejected on this node and looked after elsewhere.
 * Source: moby/swarmkit manager/orchestrator/constraintenforcer/constraint_enforcer.go, which passes over nodes that
 * are not active.
 */
function explainRoleConstraints(entry: ClusterNode, cluster: Cluster, role: NodeRole): readonly Consequence[] {
  if (entry.node.availability !== 'active') return []
  const { moving, lost, global, jobs } = tasksOnNode(entry, cluster)
  const tied = [...moving, ...lost, ...global, ...jobs].filter(({ service }) =>
    forbidsRole(service.service.constraints, role),
  )
  if (tied.length === 0) return []
  const names = named(tied.map(({ service }) => service.service.name))
  return [guess(warning(`not allowed on a ${role} and therefore stopped there: ${names}`))]
}

function forbidsRole(constraints: readonly string[], role: NodeRole): boolean {
  const parsed = parseConstraints(constraints)
  const onRole = parsed.ok ? parsed.constraints.filter(({ key }) => key.toLowerCase() === 'node.role') : []
  return onRole.some(({ operator, value }) => (value.toLowerCase() === role) !== (operator === '=='))
}
