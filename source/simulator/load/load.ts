import type { Load } from '../world/load.ts'
import { machineOfNode } from '../world/machine.ts'
import type { Change } from '../world/store.ts'
import { tasksOfService } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'

/*
 * Requests on services. Nothing happens for each request: between two changes of who answers, they are counted all at once.
 * A request goes to one of the tasks in the balance, each as often as any other, and fails where nobody answers.
 * Source: moby/libnetwork service_linux.go; moby/moby daemon/cluster/executor/container/controller.go
 * (activateServiceBinding, deactivateServiceBinding)
 */

export type LoadReading = {
  readonly service: string
  readonly requestsPerSecond: number
  readonly requests: number
  readonly failures: number
}

/** From now on so many requests a second on a service, which may not exist yet. What has been counted stays. */
export function setLoad(world: World, service: string, requestsPerSecond: number): void {
  recountLoad(world)
  const none = { balanced: 0, answering: 0, countedAt: world.now, requests: 0, failures: 0 }
  world.load[service] = { ...(loadOn(world, service) ?? none), requestsPerSecond }
  recountLoad(world)
}

/** What every service was asked until now, and how much of that failed; whole requests. */
export function readLoad(world: World): readonly LoadReading[] {
  recountLoad(world)
  return Object.entries(world.load).map(([service, { requestsPerSecond, requests, failures }]) => ({
    service,
    requestsPerSecond,
    requests: Math.floor(requests),
    failures: Math.floor(failures),
  }))
}

/** A container of this service answers from now on, or does not any more. */
export function noteServing(world: World, service: string): void {
  const load = loadOn(world, service)
  if (load !== undefined) recount(world, service, load)
}

/** A machine or a node may have gone, with all that answered there. */
export function recountLoad(world: World): void {
  for (const [service, load] of Object.entries(world.load)) recount(world, service, load)
}

/** The balance forgets tasks of nodes that are down, and of services that are gone. */
export function noteForLoad(world: World, _swarm: Swarm, _changes: readonly Change[]): void {
  recountLoad(world)
}

/** Services are named by whoever creates them: `constructor` is one like any other. */
function loadOn(world: World, service: string): Load | undefined {
  return Object.hasOwn(world.load, service) ? world.load[service] : undefined
}

function recount(world: World, service: string, load: Load): void {
  const requests = (load.requestsPerSecond * (world.now - load.countedAt)) / 1_000
  load.requests += requests
  load.failures += requests * (load.balanced === 0 ? 1 : 1 - load.answering / load.balanced)
  load.countedAt = world.now
  const places = Object.values(world.swarms).flatMap(swarm => placesOf(world, swarm, service))
  load.balanced = places.length
  load.answering = places.filter(answers => answers).length
}

/** For each task in the balance, whether it answers. */
function placesOf(world: World, swarm: Swarm, name: string): readonly boolean[] {
  const service = Object.values(swarm.services).find(({ spec }) => spec.Name === name)
  if (service === undefined) return []
  return tasksOfService(swarm, service.id)
    .map(task => placeOf(world, swarm, task))
    .filter(place => place !== null)
}

/** Null for a task that is not in the balance. One whose machine has gone stays there until its node is called down. */
function placeOf(world: World, swarm: Swarm, task: Task): boolean | null {
  const machine = machineOfNode(world, swarm, task.nodeId)
  if (machine === undefined) return null
  if (machine.power !== 'on' || machine.isCut) {
    const isBelieved = swarm.nodes[task.nodeId]?.status.state !== 'down' && task.status.state === 'running'
    return isBelieved ? false : null
  }
  const known = machine.tasks[task.id]
  if (known?.status.state !== 'running' || machine.containers[known.containerId]?.state !== 'running') return null
  return known.step?.kind === 'drain' || known.step?.kind === 'stop' ? null : true
}
