import type { ApiTask } from '../../source/api/task.ts'
import { assertNever } from '../../source/rules/assert-never.ts'
import { findService, type Reading, replicasOf, tasksOf } from './reading.ts'
import type { Condition } from './script.ts'

/** How long it must hold, in milliseconds of the swarm's time: what is still must not only look so in passing. */
export function holdMs(condition: Condition): number {
  return condition.kind === 'still' ? 1_000 : 0
}

export function isMet(condition: Condition, reading: Reading): boolean {
  switch (condition.kind) {
    case 'replicas': {
      const service = findService(reading, condition.service)
      return service !== undefined && replicasOf(service) === condition.replicas
    }
    case 'still':
      return isStill(reading, condition.service)
    case 'update':
      return findService(reading, condition.service)?.UpdateStatus?.State === condition.state
    case 'tasks':
      return tasksOf(reading, condition.service).filter(isIn(condition.state)).length === condition.count
    case 'says':
      return tasksOf(reading, condition.service).some(task => task.Status?.Err?.includes(condition.words))
    case 'node':
      return isNodeIn(reading, condition.node, condition.state)
    case 'answers':
      return reading.nodes.length > 0
    case 'leader':
      return reading.nodes.some(node => node.ManagerStatus?.Leader === true)
    case 'removed':
      return findService(reading, condition.service) === undefined && reading.tasks.every(hasService(reading))
    default:
      return assertNever(condition)
  }
}

function hasService({ services }: Reading): (task: ApiTask) => boolean {
  return task => services.some(({ ID }) => ID === task.ServiceID)
}

function isIn(state: string): (task: ApiTask) => boolean {
  return task => task.Status?.State === state
}

function isNodeIn(reading: Reading, name: string, state: string): boolean {
  const nodes = reading.nodes.filter(node => node.Description?.Hostname === name)
  if (state === 'gone') return nodes.length === 0
  return nodes.some(({ Status, Spec, ManagerStatus }) => {
    if (state === 'leader') return ManagerStatus?.Leader === true
    if (state === 'worker') return Spec?.Role === 'worker' && !ManagerStatus
    return Status?.State === state || ManagerStatus?.Reachability === state
  })
}

function isStill(reading: Reading, name: string): boolean {
  const service = findService(reading, name)
  const state = service?.UpdateStatus?.State ?? ''
  if (service === undefined || state === 'updating' || state === 'rollback_started') return false
  const tasks = tasksOf(reading, name)
  const silent = new Set(reading.nodes.filter(node => node.Status?.State === 'down').map(node => node.ID))
  return (tasks.length > 0 || wantsNone(service.Spec?.Mode)) && tasks.every(task => isAtRest(task, silent))
}

function wantsNone(mode: NonNullable<Reading['services'][number]['Spec']>['Mode']): boolean {
  return mode?.Replicated?.Replicas === 0 || mode?.Global !== undefined
}

const ENDED = ['complete', 'shutdown', 'failed', 'rejected', 'orphaned', 'remove']

/** What a silent node had last said holds until it speaks again. */
function isAtRest({ DesiredState = '', Status, NodeID = '' }: ApiTask, silentNodes: ReadonlySet<string>): boolean {
  const state = Status?.State ?? ''
  if (silentNodes.has(NodeID)) return DesiredState !== 'ready'
  if (DesiredState === 'running' && state === 'pending') return Boolean(Status?.Err)
  if (DesiredState === 'running') return state === 'running'
  return (DesiredState === 'shutdown' || DesiredState === 'complete') && ENDED.includes(state)
}
