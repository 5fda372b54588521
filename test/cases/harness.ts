import { buildStage, type StageOptions } from './build-stage.ts'
import { containers } from './containers.ts'
import { nodes } from './nodes.ts'
import { services } from './services.ts'
import { taskRows } from './task-rows.ts'

/**
 * The stage of a case of Swarm's own tests. How a case is written:
 *
 *     test('3. Scale down', () => {
 *       const swarm = stage({ nodes: { n1: {}, n2: {} } })          // the cluster before
 *       swarm.create('api', { replicas: 3 })
 *       swarm.pass(1)                                               // seconds
 *       swarm.update('api', { replicas: 1 })                        // what is done
 *       swarm.expect('api', ['api.1@* Running/Running', 'api.2@* Remove/Running', 'api.3@* Remove/Running'])
 *     })
 *
 * - A row is `service.slot@node Desired/State`, for a task without a node `service.slot Desired/State`, for one of a
 *   global service `service@node Desired/State`. Rows come as `docker service ps` prints them: by slot, newest first.
 *   `*` stands for anything; a row that is expected with `"an error"` behind it has exactly that error. `expect` wants
 *   all tasks of the service, no more and no fewer.
 * - Machines have room for everything, images are there, containers start at once, run until they are told to stop
 *   and then stop in 0.1 s. `images` gives an image another behaviour, `swarm.image` changes it for containers to come,
 *   `swarm.fates('v:2', ['fails', 'runs'])` says for one container after the other what becomes of it the moment it has
 *   started. `swarm.fail('web.1')` and `swarm.finish('web.1')` end the container that runs in a slot.
 * - The leader is a manager of its own, `m`, drained so that it takes no part in anything. It is a node like any other
 *   for explanations ("2 nodes not available"): where those count, `leader: 'n1'` lets one of the case's nodes lead.
 * - `services` and `tasks` fill the store by hand (in the cases: "preset"); nothing happens before
 *   `swarm.startLeader()`, which is what a new leader does. `swarm.insert` puts a task there later.
 * - A node that is `down` or `unknown` has its cable pulled, so that its containers run on; `swarm.node` changes its
 *   status at once, without the wait for heartbeats, and `ready` puts the cable back.
 */
export function stage(options: StageOptions = {}) {
  const ground = buildStage(options)
  return { ...ground, ...nodes(ground), ...services(ground), ...containers(ground), ...taskRows(ground) }
}

export type Stage = ReturnType<typeof stage>
export type { StageNode, StageOptions } from './build-stage.ts'
export type { Fate } from './containers.ts'
export type { PresetService, PresetTask } from './preset.ts'
export type { ServiceOptions } from './service-spec.ts'
