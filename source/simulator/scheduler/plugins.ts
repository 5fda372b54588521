import type { Node, NodePlugin } from '../world/node.ts'
import { PLUGINS } from '../world/plugins.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'

/** These are part of every engine and are never asked for. */
const BUILT_IN_DRIVERS = ['', 'local']
const NO_LOGS = ['', 'none']

/** The plugins without which a task cannot run. Source: moby/swarmkit manager/scheduler/filter.go (PluginFilter) */
export function neededPlugins(swarm: Swarm, task: Task): readonly NodePlugin[] {
  const volumes = (task.spec.ContainerSpec?.Mounts ?? [])
    .filter(mount => mount.Type === 'volume')
    .map(mount => mount.VolumeOptions?.DriverConfig?.Name ?? '')
    .filter(driver => !BUILT_IN_DRIVERS.includes(driver))
  const networks = (task.spec.Networks ?? [])
    .map(({ Target: id = '' }) => swarm.networks[id]?.driver ?? '')
    .filter(driver => driver !== '')
  const logDriver = task.spec.LogDriver?.Name ?? ''
  return [
    ...volumes.map(Name => ({ Type: 'Volume', Name })),
    ...networks.map(Name => ({ Type: 'Network', Name })),
    ...(NO_LOGS.includes(logDriver) ? [] : [{ Type: 'Log', Name: logDriver }]),
  ]
}

/** A node that lists no plugins for logs at all is given the benefit of the doubt. */
export function hasPlugins(node: Node, needed: readonly NodePlugin[]): boolean {
  const { plugins = PLUGINS } = node.description
  const listsLogs = plugins.some(({ Type }) => Type === 'Log')
  return needed.every(({ Type, Name }) => {
    if (Type === 'Log' && !listsLogs) return true
    return plugins.some(plugin => plugin.Type === Type && withTag(plugin.Name) === withTag(Name))
  })
}

function withTag(name: string): string {
  return name.includes(':') ? name : `${name}:latest`
}
