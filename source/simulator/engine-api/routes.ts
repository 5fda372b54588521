import { type Call, type ClusterCall, json, type Result, resultOf } from './call.ts'
import { streamEvents } from './events.ts'
import { inspectNode, listNodes, postNodeUpdate } from './nodes.ts'
import { deleteService, inspectService, listServices, postServiceCreate, postServiceUpdate } from './services.ts'
import { checkManager } from './situation.ts'
import { distribution, info, inspectSwarm, ping, version } from './system.ts'
import { inspectTask, listTasks } from './tasks.ts'

export type Route = {
  readonly method: string
  readonly path: RegExp
  readonly answer: (call: Call) => Result
}

/**
 * Everything that an engine here can be asked; each path works with and without a version in front.
 *
 * Source: moby/moby daemon/server/router/{swarm/cluster,system/system}.go
 * Leaves out for now: everything about swarm membership, networks, secrets, configs, containers, logs.
 */
export const ROUTES: readonly Route[] = [
  route('HEAD', '/_ping', ping),
  route('GET', '/_ping', ping),
  route('GET', '/version', version),
  route('GET', '/info', info),
  route('GET', '/events', streamEvents),
  route('GET', '/distribution/{image}/json', distribution),
  route('GET', '/swarm', onManager(inspectSwarm)),
  route('GET', '/nodes', onManager(listNodes)),
  route('GET', '/nodes/{id}', onManager(inspectNode)),
  route('POST', '/nodes/{id}/update', onManager(postNodeUpdate)),
  route('GET', '/services', onManager(listServices)),
  route('GET', '/services/{id}', onManager(inspectService)),
  route('POST', '/services/create', onManager(postServiceCreate)),
  route('POST', '/services/{id}/update', onManager(postServiceUpdate)),
  route('DELETE', '/services/{id}', onManager(deleteService)),
  route('GET', '/tasks', onManager(listTasks)),
  route('GET', '/tasks/{id}', onManager(inspectTask)),
]

/** An image's name may hold slashes; everything else in a path may not. */
function route(method: string, path: string, answer: (call: Call) => Result): Route {
  const pattern = path.replace('{id}', '([^/]+)').replace('{image}', '(.+)')
  return { method, path: new RegExp(`^${pattern}$`), answer }
}

/** Cluster calls are answered by the leader alone: a follower's call will wait here for one. */
function onManager(answer: (call: ClusterCall) => Result): (call: Call) => Result {
  return call => {
    const manager = checkManager(call.world, call.machine)
    return manager.ok ? answer({ ...call, swarm: manager.value }) : resultOf(manager, json)
  }
}
