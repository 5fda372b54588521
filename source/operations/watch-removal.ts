import { counted } from '../rules/counted.ts'
import { isTerminal } from '../rules/task-state.ts'
import type { Cluster } from '../swarm/cluster.ts'
import { stackOf } from '../swarm/stack.ts'
import type { OperationOf, Progress } from './operation.ts'
import { tallied } from './phrases.ts'
import { converged, running } from './progress.ts'

/** A service goes at once, its tasks when their containers have stopped. */
export function watchRemoval({ serviceId, name }: OperationOf<'remove-service'>, after: Cluster): Progress {
  if (after.serviceById.has(serviceId)) return running('accepted, not seen in a reading yet', 0, 1)
  return watchTasks(new Set([serviceId]), `${name} is gone`, after)
}

/** What the stack consisted of when it was asked for; secrets, configs and networks are not in a reading. */
export function watchStackRemoval(
  { stack, name }: OperationOf<'remove-stack'>,
  before: Cluster,
  after: Cluster,
): Progress {
  const wanted = before.services.filter(({ service }) => stackOf(service) === stack).map(({ service }) => service.id)
  const left = wanted.filter(id => after.serviceById.has(id))
  if (left.length > 0) {
    const done = wanted.length - left.length
    return running(`${done} of ${counted(wanted.length, 'service')} removed`, done, wanted.length)
  }
  return watchTasks(new Set(wanted), `${name} is gone`, after)
}

/** Of a node that is down nothing more is heard. */
function watchTasks(services: ReadonlySet<string>, text: string, { snapshot, nodeById }: Cluster): Progress {
  const tasks = snapshot.tasks.filter(({ serviceId }) => services.has(serviceId))
  const left = tasks.filter(
    ({ state, nodeId }) => !isTerminal(state) && nodeId !== '' && nodeById.get(nodeId)?.node.state !== 'down',
  )
  if (left.length === 0) return converged(text)
  const places = tallied(left.map(({ nodeId }) => nodeById.get(nodeId)?.name ?? nodeId))
  return running(
    `${counted(left.length, 'task')} still stopping on ${places}`,
    tasks.length - left.length,
    tasks.length,
  )
}
