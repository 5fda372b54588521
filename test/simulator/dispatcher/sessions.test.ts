import assert from 'node:assert/strict'
import { test } from 'node:test'
import { leaderOf, listNodes, secondsUntil } from '../../helpers/list-nodes.ts'
import { type SimulatedSwarm, serviceSpec, simulatedSwarm } from '../../helpers/simulated-swarm.ts'

test('an agent that is cut off goes on; what it had to say is said when it is back', () => {
  const swarm = simulatedSwarm({
    managers: 1,
    workers: 1,
    images: { job: { exit: { chance: 1, afterMs: [5_000, 5_000], code: 3 } } },
  })
  swarm.changeNode('node1', { Availability: 'drain' })
  swarm.create(serviceSpec('job', { image: 'job:1', restart: { Condition: 'none' } }))
  secondsUntil(swarm, () => states(swarm).join() === 'running/running')
  swarm.strike('node2', 'cut')
  swarm.pass(7_000)
  assert.deepEqual(states(swarm), ['running/running'])
  swarm.strike('node2', 'heal')
  swarm.pass(3_000)
  assert.deepEqual(states(swarm), ['shutdown/failed'])
})

test('what it should have done meanwhile it is told at once: tasks that were removed go', () => {
  const swarm = simulatedSwarm({ managers: 1, workers: 1 })
  swarm.changeNode('node1', { Availability: 'drain' })
  swarm.create(serviceSpec('web', { replicas: 3 }))
  swarm.pass(10_000)
  swarm.strike('node2', 'cut')
  swarm.call('DELETE', '/services/web')
  swarm.pass(60_000)
  assert.equal(running(swarm, 'node2'), 3)
  swarm.strike('node2', 'heal')
  swarm.pass(15_000)
  assert.equal(running(swarm, 'node2'), 0)
  assert.deepEqual(swarm.simulator.world.machines.node2?.tasks, {})
})

test('a task that ends in an election is not forgotten', () => {
  const swarm = simulatedSwarm({ images: { job: { exit: { chance: 1, afterMs: [8_000, 8_000], code: 3 } } } })
  swarm.create(serviceSpec('job', { image: 'job:1', restart: { Condition: 'none' } }))
  secondsUntil(swarm, () => swarm.tasks('job')[0]?.Status?.State === 'running')
  const [task] = swarm.tasks('job')
  const home = swarm.nodes().find(({ ID }) => ID === task?.NodeID)?.Description?.Hostname
  if (home === 'node1') swarm.strike('node2', 'cut')
  swarm.strike(home === 'node1' ? 'node3' : 'node1', 'cut')
  swarm.pass(60_000)
  swarm.strike(home === 'node1' ? 'node3' : 'node1', 'heal')
  if (home === 'node1') swarm.strike('node2', 'heal')
  swarm.pass(180_000)
  assert.deepEqual(states(swarm, leaderOf(swarm)), ['shutdown/failed'])
})

test('who registers more than three times in eight seconds has to wait', () => {
  const swarm = simulatedSwarm()
  swarm.pass(20_000)
  const [store] = Object.values(swarm.simulator.world.swarms)
  const nodeId = swarm.nodes().find(({ Description }) => Description?.Hostname === 'node5')?.ID ?? ''
  for (let round = 0; round < 4; round++) {
    swarm.strike('node5', 'cut')
    swarm.strike('node5', 'heal')
    secondsUntil(swarm, () => store?.leader.dispatcher.registering[nodeId] === undefined || round === 3)
  }
  swarm.pass(100)
  assert.equal(store?.leader.dispatcher.registrations[nodeId]?.length, 3)
  swarm.pass(9_000)
  assert.equal(store?.leader.dispatcher.registering[nodeId], undefined)
  assert.equal(listNodes(swarm).node5, 'ready')
})

function states(swarm: SimulatedSwarm, via = 'node1'): readonly string[] {
  const tasks = swarm.call('GET', '/tasks', undefined, via).value as ReturnType<SimulatedSwarm['tasks']>
  return tasks.map(({ DesiredState, Status }) => `${DesiredState}/${Status?.State}`)
}

function running(swarm: SimulatedSwarm, machine: string): number {
  const containers = Object.values(swarm.simulator.world.machines[machine]?.containers ?? {})
  return containers.filter(({ state }) => state === 'running').length
}
