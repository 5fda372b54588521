import { counted } from '../rules/counted.ts'
import { isLive } from '../rules/task-state.ts'
import type { Cluster, ClusterNode, ClusterService } from '../swarm/cluster.ts'
import { danger, guess, info, remark, warning } from './consequence.ts'
import { otherOpenNodes } from './open-nodes.ts'
import type { Consequence } from './operation.ts'
import { listed, named, tallied } from './phrases.ts'
import { switchingOffConsequences } from './switching-off.ts'
import { type TaskOnNode, type TasksOnNode, tasksOnNode } from './tasks-on-node.ts'

/** What a drain of this node means. Which node takes which task is the scheduler's choice, and the plan's to tell. */
export function drainConsequences(node: ClusterNode, cluster: Cluster): readonly Consequence[] {
  return [...explainDrain(node, cluster), ...switchingOffConsequences([node], cluster), othersStay([node])]
}

/** The same of several nodes that are drained together, besides what each of them loses: that is many lines alike. */
export function togetherConsequences(nodes: readonly ClusterNode[], cluster: Cluster): readonly Consequence[] {
  return [
    ...nodes.flatMap(node => explainDrain(node, cluster)).filter(({ weight }) => weight !== 'info'),
    ...switchingOffConsequences(nodes, cluster),
    othersStay(nodes),
  ]
}

function explainDrain(node: ClusterNode, cluster: Cluster): readonly Consequence[] {
  const tasks = tasksOnNode(node, cluster)
  return [...explainRoom(node, tasks, cluster), ...explainTasks(tasks), ...explainGaps(node, tasks, cluster)]
}

const othersStay = (nodes: readonly ClusterNode[]): Consequence =>
  remark(`containers that were started outside the swarm keep running on ${listed(nodes.map(({ name }) => name))}`)

function explainRoom(node: ClusterNode, { moving }: TasksOnNode, cluster: Cluster): readonly Consequence[] {
  if (otherOpenNodes(node, cluster).length > 0) return []
  const fate = moving.length === 0 ? 'nothing can start anywhere' : 'what is stopped here waits as pending'
  return [guess(danger(`no other node is ready and active: until one is, ${fate}`))]
}

function explainTasks({ moving, lost, global, jobs }: TasksOnNode): readonly Consequence[] {
  if (moving.length + lost.length + global.length + jobs.length === 0)
    return [guess(info('no task of a service runs here'))]
  return [
    ...explainFate(moving, text => guess(info(text)), 'to be replaced on other nodes'),
    ...explainFate(lost, text => guess(danger(text)), 'stopped for good, since the restart condition is none'),
    ...explainFate(
      global,
      text => guess(info(text)),
      'of global services stopped, and not replaced while the node is drained',
    ),
    ...explainFate(jobs, info, 'of jobs left to run on here'),
  ]
}

function explainFate(
  tasks: readonly TaskOnNode[],
  weigh: (text: string) => Consequence,
  fate: string,
): readonly Consequence[] {
  return tasks.length === 0 ? [] : [weigh(`${counted(tasks.length, 'task')} ${fate}: ${tallied(serviceNames(tasks))}`)]
}

/**
 * A drain stops the old task before its successor starts, whatever the service's update order says
 * (moby/swarmkit manager/orchestrator/restart/restart.go), so what runs nowhere else is down in between.
 */
function explainGaps(node: ClusterNode, { moving }: TasksOnNode, cluster: Cluster): readonly Consequence[] {
  const running = moving.filter(({ task }) => task.state === 'running')
  const interrupted = running.filter(({ service }) => !runsElsewhere(service, node, cluster))
  const startFirst = running.filter(({ service }) => service.service.updateOrder === 'start-first')
  return [
    ...(interrupted.length === 0
      ? []
      : [guess(warning(`down for a moment, since nothing of it runs elsewhere: ${named(serviceNames(interrupted))}`))]),
    ...(startFirst.length === 0
      ? []
      : [info(`stopped before the new one starts, in spite of start-first: ${named(serviceNames(startFirst))}`)]),
  ]
}

const runsElsewhere = ({ slots }: ClusterService, { node }: ClusterNode, { nodeById }: Cluster): boolean =>
  slots
    .flatMap(({ tasks }) => tasks)
    .some(
      task =>
        task.nodeId !== node.id &&
        task.state === 'running' &&
        isLive(task.desired) &&
        nodeById.get(task.nodeId)?.node.state !== 'down',
    )

const serviceNames = (tasks: readonly TaskOnNode[]): readonly string[] =>
  tasks.map(({ service }) => service.service.name)
