import { assertNever } from '../../rules/assert-never.ts'
import type { SecretKind } from '../control-api/secret.ts'
import { askLeader } from './ask-leader.ts'
import { type Call, type ClusterCall, json, type Result, resultOf } from './call.ts'
import { deleteContainer, postContainerKill, postContainerStop } from './container-orders.ts'
import { inspectContainer, listContainers } from './containers.ts'
import { postNetworkCreate } from './create-network.ts'
import { diskUsage } from './disk-usage.ts'
import { streamEvents } from './events.ts'
import { listImages, listVolumes } from './images.ts'
import { info } from './info.ts'
import { containerLogs, serviceLogs, taskLogs } from './logs.ts'
import { deleteNetwork, inspectNetwork, listNetworks } from './networks.ts'
import { deleteNode, inspectNode, listNodes, postNodeUpdate } from './nodes.ts'
import { NOT_SIMULATED } from './not-simulated.ts'
import { routesOf } from './secrets.ts'
import { deleteService, inspectService, listServices, postServiceCreate, postServiceUpdate } from './services.ts'
import { checkManager } from './situation.ts'
import { getUnlockKey, inspectSwarm, postSwarmLeave, postSwarmUnlock, postSwarmUpdate } from './swarm.ts'
import { postSwarmInit, postSwarmJoin } from './swarm-entry.ts'
import { distribution, ping, version } from './system.ts'
import { inspectTask, listTasks } from './tasks.ts'

export type Route = {
  readonly method: string
  readonly path: RegExp
  readonly answer: (call: Call) => Result
}

/**
 * Everything that an engine can be asked; each path works with and without a version in front. What is not simulated
 * says so.
 *
 * Source: moby/moby daemon/server/router/{swarm/cluster,system/system,network/network,container/container}.go
 */
export const ROUTES: readonly Route[] = [
  route('HEAD', '/_ping', ping),
  route('GET', '/_ping', ping),
  route('GET', '/version', version),
  route('GET', '/info', info),
  route('GET', '/events', streamEvents),
  route('GET', '/distribution/{image}/json', distribution),
  route('GET', '/containers/json', listContainers),
  route('GET', '/containers/{id}/json', inspectContainer),
  route('GET', '/containers/{id}/logs', containerLogs),
  route('POST', '/containers/{id}/kill', postContainerKill),
  route('POST', '/containers/{id}/stop', postContainerStop),
  route('DELETE', '/containers/{id}', deleteContainer),
  route('GET', '/images/json', listImages),
  route('GET', '/volumes', listVolumes),
  route('GET', '/system/df', diskUsage),
  route('GET', '/networks', listNetworks),
  route('GET', '/networks/{id}', inspectNetwork),
  route('POST', '/networks/create', postNetworkCreate),
  route('DELETE', '/networks/{id}', deleteNetwork),
  route('GET', '/swarm', onManager(inspectSwarm)),
  route('POST', '/swarm/init', postSwarmInit),
  route('POST', '/swarm/join', postSwarmJoin),
  route('POST', '/swarm/leave', postSwarmLeave),
  route('POST', '/swarm/unlock', postSwarmUnlock),
  route('POST', '/swarm/update', onManager(postSwarmUpdate)),
  route('GET', '/swarm/unlockkey', onManager(getUnlockKey)),
  route('GET', '/nodes', onManager(listNodes)),
  route('GET', '/nodes/{id}', onManager(inspectNode)),
  route('POST', '/nodes/{id}/update', onManager(postNodeUpdate)),
  route('DELETE', '/nodes/{id}', onManager(deleteNode)),
  route('GET', '/services', onManager(listServices)),
  route('GET', '/services/{id}', onManager(inspectService)),
  route('GET', '/services/{id}/logs', onManager(serviceLogs)),
  route('POST', '/services/create', onManager(postServiceCreate)),
  route('POST', '/services/{id}/update', onManager(postServiceUpdate)),
  route('DELETE', '/services/{id}', onManager(deleteService)),
  route('GET', '/tasks', onManager(listTasks)),
  route('GET', '/tasks/{id}', onManager(inspectTask)),
  route('GET', '/tasks/{id}/logs', onManager(taskLogs)),
  ...secretRoutes('secret'),
  ...secretRoutes('config'),
  ...NOT_SIMULATED.map(([method, path]) => route(method, path, () => refuseToSimulate(method, path))),
]

function secretRoutes(kind: SecretKind): readonly Route[] {
  const { list, inspect, create, update, remove } = routesOf(kind)
  return [
    route('GET', `/${kind}s`, onManager(list)),
    route('POST', `/${kind}s/create`, onManager(create)),
    route('GET', `/${kind}s/{id}`, onManager(inspect)),
    route('POST', `/${kind}s/{id}/update`, onManager(update)),
    route('DELETE', `/${kind}s/{id}`, onManager(remove)),
  ]
}

function refuseToSimulate(method: string, path: string): Result {
  return json({ message: `${method} ${path} is not simulated` }, 501)
}

/** An image's name may hold slashes; everything else in a path may not. */
function route(method: string, path: string, answer: (call: Call) => Result): Route {
  const pattern = path.replace(/\{(id|name)\}/g, '([^/]+)').replace('{image}', '(.+)')
  return { method, path: new RegExp(`^${pattern}$`), answer }
}

/** Cluster calls are answered by the leader alone: without one they hang, or are refused. */
function onManager(answer: (call: ClusterCall) => Result): (call: Call) => Result {
  return call => {
    const manager = checkManager(call.world, call.machine)
    if (!manager.ok) return resultOf(manager, json)
    const asked = askLeader(call, call.request.method === 'GET' ? 'read' : 'write')
    switch (asked.kind) {
      case 'answered':
        return answer({ ...call, swarm: asked.swarm })
      case 'refused':
        return resultOf({ ok: false, refusal: asked.refusal }, json)
      case 'wait':
        return asked
      default:
        return assertNever(asked)
    }
  }
}
