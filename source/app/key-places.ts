/** `machine`: on a node of a simulation, besides what is on any node; `time`: anywhere in one. */
export type KeyGroup =
  | 'everywhere'
  | 'node'
  | 'service'
  | 'stack'
  | 'task'
  | 'logs'
  | 'inspect'
  | 'swarm'
  | 'rebalance'
  | 'maintenance'
  | 'operation'
  | 'machine'
  | 'time'

export const KEY_GROUP_TITLES: Readonly<Record<KeyGroup, string>> = {
  everywhere: 'Everywhere',
  node: 'On a node',
  service: 'On a service',
  stack: 'On a stack',
  task: 'On a task',
  logs: 'In logs',
  inspect: 'In inspect',
  swarm: 'On the swarm',
  rebalance: 'In a rebalance',
  maintenance: 'In a maintenance',
  operation: 'On an operation',
  machine: 'On a node of a simulation',
  time: 'In a simulation',
}

const HEARD_BESIDES: Readonly<Partial<Record<KeyGroup, readonly KeyGroup[]>>> = {
  node: ['task', 'machine'],
  service: ['task'],
}

/**
 * Whose keys are heard together: those of a place, in a simulation too, and those of everywhere; on a node and on a
 * service those of the task that is selected there.
 */
export const PLACES: readonly (readonly KeyGroup[])[] = (Object.keys(KEY_GROUP_TITLES) as readonly KeyGroup[])
  .filter(group => !['everywhere', 'machine', 'time'].includes(group))
  .map(group => [group, ...(HEARD_BESIDES[group] ?? []), 'time', 'everywhere'])
