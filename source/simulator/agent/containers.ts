import { noteServing } from '../load/load.ts'
import { wakeLogs } from '../logs/follow.ts'
import { type Container, KILLED, NO_FATE } from '../world/container.ts'
import { withoutDigest, withTag } from '../world/image.ts'
import { type AgentTask, type Machine, swarmOf } from '../world/machine.ts'
import { draw, drawContainerId } from '../world/random.ts'
import { isIngress } from '../world/service.ts'
import type { Swarm } from '../world/swarm.ts'
import type { Task } from '../world/task.ts'
import type { World } from '../world/world.ts'
import { drawFate } from './draw-fate.ts'
import { readHealthCheck } from './health-check.ts'
import { tellOfContainer, tellOfNetworks } from './local-events.ts'
import { writeLogBook } from './write-log-book.ts'

/** The container that a task has here, if it has one. */
export function containerOf(machine: Machine, task: AgentTask): Container | undefined {
  return machine.containers[task.containerId]
}

/** Source: moby/moby daemon/cluster/executor/container/container.go */
export function createContainer(
  world: World,
  machine: Machine,
  { task, behaviour, script }: AgentTask,
  id: string = drawContainerId(world.random),
): Container {
  const spec = task.spec.ContainerSpec ?? {}
  const name = containerName(task)
  const container: Container = {
    id,
    name,
    taskId: task.id,
    image: withTag(spec.Image ?? ''),
    command: commandOf([...(spec.Command ?? []), ...(spec.Args ?? [])]) || programOf(spec.Image ?? ''),
    labels: {
      ...(spec.Labels ?? {}),
      'com.docker.swarm.node.id': task.nodeId,
      'com.docker.swarm.service.id': task.serviceId,
      'com.docker.swarm.service.name': task.serviceName,
      'com.docker.swarm.task': '',
      'com.docker.swarm.task.id': task.id,
      'com.docker.swarm.task.name': name,
    },
    networks: networksOf(swarmOf(world, machine), task),
    ports: (task.endpointSpec?.Ports ?? []).filter(port => !isIngress(port)),
    healthCheck: readHealthCheck(spec.Healthcheck),
    log: writeLogBook(task.spec, behaviour, script, id),
    createdAt: world.now,
    state: 'created',
    pid: 0,
    startedAt: null,
    finishedAt: null,
    exitCode: 0,
    isOutOfMemory: false,
    health: 'none',
    fate: NO_FATE,
  }
  machine.containers[container.id] = container
  tellOfContainer(world, machine, container, 'create')
  return container
}

export function startContainer(world: World, machine: Machine, task: AgentTask, container: Container): void {
  container.state = 'running'
  container.startedAt = world.now
  container.pid = 1_000 + Math.floor(draw(world.random) * 30_000)
  container.health = container.healthCheck === null ? 'none' : 'starting'
  container.fate = drawFate(world, task, container)
  tellOfNetworks(world, machine, container, 'connect')
  tellOfContainer(world, machine, container, 'start')
  wakeLogs(world)
}

/** It does not run any more. `how`: what anybody did to it, in the events' words. */
export function endContainer(
  world: World,
  machine: Machine,
  container: Container,
  exitCode: number,
  how: 'stop' | 'by itself',
): void {
  if (container.state !== 'running') return
  const ranMs = world.now - (container.startedAt ?? world.now)
  container.state = 'exited'
  container.finishedAt = world.now
  container.pid = 0
  container.exitCode = exitCode
  container.isOutOfMemory = how === 'by itself' && container.fate.isOutOfMemory && container.fate.exitAt === world.now
  if (container.isOutOfMemory) tellOfContainer(world, machine, container, 'oom')
  tellOfNetworks(world, machine, container, 'disconnect')
  if (how === 'stop') tellOfContainer(world, machine, container, 'stop')
  const attributes = { execDuration: String(Math.floor(ranMs / 1_000)), exitCode: String(exitCode) }
  tellOfContainer(world, machine, container, 'die', attributes)
  noteServing(world, container.labels['com.docker.swarm.service.name'] ?? '', container.taskId)
  wakeLogs(world)
}

export function removeContainer(world: World, machine: Machine, container: Container): void {
  endContainer(world, machine, container, KILLED, 'by itself')
  delete machine.containers[container.id]
  tellOfContainer(world, machine, container, 'destroy')
}

/** Source: moby/swarmkit api/naming/naming.go (Task) */
export function containerName(task: Task): string {
  return `${task.serviceName}.${task.slot || task.nodeId}.${task.id}`
}

/** Who publishes ports through the ingress is attached to its network as well. */
function networksOf(swarm: Swarm | undefined, task: Task): Container['networks'] {
  const networks = Object.values(swarm?.networks ?? {})
  const isPublished = (task.endpointSpec?.Ports ?? []).some(isIngress)
  const ingress = networks.filter(network => network.isIngress && isPublished)
  const own = (task.spec.Networks ?? []).flatMap(({ Target }) => {
    return networks.filter(({ id, name }) => id === Target || name === Target)
  })
  return [...ingress, ...own].map(({ id, name }) => ({ id, name }))
}

/** What an image runs by itself is not known here: it is taken for what the image is called. */
function programOf(image: string): string {
  return withoutDigest(image).replace(/^.*\//, '').replace(/:.*$/, '')
}

/** Source: moby/moby container/view.go (transform) */
function commandOf(words: readonly string[]): string {
  return words.map((word, index) => (index > 0 && word.includes(' ') ? `'${word}'` : word)).join(' ')
}
