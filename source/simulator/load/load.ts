import type { Load } from '../world/load.ts'
import type { Change } from '../world/store.ts'
import { tasksOfNode, tasksOfService } from '../world/store.ts'
import type { Swarm } from '../world/swarm.ts'
import type { World } from '../world/world.ts'
import { placeOf } from './place.ts'

/*
 * Requests on services. Nothing happens for each request: between two changes of who answers, they are counted all at
 * once. A request goes to one of the tasks in the balance, each as often as any other, and fails where nobody answers.
 */

export type LoadReading = {
  readonly service: string
  readonly requestsPerSecond: number
  readonly requests: number
  readonly failures: number
}

/** From now on so many requests a second on a service, which may not exist yet. What has been counted stays. */
export function setLoad(world: World, service: string, requestsPerSecond: number): void {
  const before = loadOn(world, service)
  if (before !== undefined) count(world, before)
  const none = { places: {}, balanced: 0, answering: 0, countedAt: world.now, requests: 0, failures: 0 }
  const load = { ...(before ?? none), requestsPerSecond }
  world.load[service] = load
  recount(world, service, load)
}

/** What every service was asked until now, and how much of that failed; whole requests. */
export function readLoad(world: World): readonly LoadReading[] {
  return Object.entries(world.load).map(([service, load]) => {
    count(world, load)
    const { requestsPerSecond, requests, failures } = load
    return { service, requestsPerSecond, requests: Math.floor(requests), failures: Math.floor(failures) }
  })
}

/** A task of this service answers from now on, or does not any more. */
export function noteServing(world: World, service: string, taskId: string): void {
  const load = loadOn(world, service)
  if (load === undefined) return
  count(world, load)
  setPlace(load, taskId, findPlace(world, taskId))
}

/** A machine may have gone or come back, with all that answered there. */
export function recountLoad(world: World): void {
  for (const [service, load] of Object.entries(world.load)) recount(world, service, load)
}

/** The balance forgets tasks of nodes that are down, and of services that are gone. */
export function noteForLoad(world: World, swarm: Swarm, changes: readonly Change[]): void {
  for (const { of, before, after } of changes) {
    if (of === 'task') {
      const task = after ?? before
      if (task !== null) noteServing(world, task.serviceName, task.id)
    } else if (of === 'node' && before?.status.state !== after?.status.state) {
      const tasks = tasksOfNode(swarm, (after ?? before)?.id ?? '')
      for (const { id, serviceName } of tasks) noteServing(world, serviceName, id)
    } else if (of === 'service' && after === null) {
      const name = before?.spec.Name ?? ''
      const load = loadOn(world, name)
      if (load !== undefined) recount(world, name, load)
    }
  }
}

/** Services are named by whoever creates them: `constructor` is one like any other. */
function loadOn(world: World, service: string): Load | undefined {
  return Object.hasOwn(world.load, service) ? world.load[service] : undefined
}

/** Looks at every task of the service anew. */
function recount(world: World, service: string, load: Load): void {
  count(world, load)
  for (const taskId of Object.keys(load.places)) setPlace(load, taskId, null)
  for (const swarm of Object.values(world.swarms)) {
    for (const { id, spec } of Object.values(swarm.services)) {
      if (spec.Name !== service) continue
      for (const task of tasksOfService(swarm, id)) setPlace(load, task.id, findPlace(world, task.id))
    }
  }
}

/** Up to now, nobody has come or gone. */
function count(world: World, load: Load): void {
  const requests = (load.requestsPerSecond * (world.now - load.countedAt)) / 1_000
  load.requests += requests
  load.failures += requests * (load.balanced === 0 ? 1 : 1 - load.answering / load.balanced)
  load.countedAt = world.now
}

/** Two swarms that were one both have the task; its machine is in one of them. */
function findPlace(world: World, taskId: string): boolean | null {
  for (const swarm of Object.values(world.swarms)) {
    const task = swarm.tasks[taskId]
    const place = task === undefined ? null : placeOf(world, swarm, task)
    if (place !== null) return place
  }
  return null
}

function setPlace(load: Load, taskId: string, answers: boolean | null): void {
  const before = load.places[taskId]
  if (before !== undefined) load.balanced--
  if (before === true) load.answering--
  if (answers === null) {
    delete load.places[taskId]
    return
  }
  load.places[taskId] = answers
  load.balanced++
  if (answers) load.answering++
}
